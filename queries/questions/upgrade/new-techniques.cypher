// Techniques that a newer release brings
// Which active techniques does a newer release have that an older one does not?
// revision 1
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
MATCH (new:Technique {release: $after, live: true})
WHERE NOT EXISTS { (:AttackObject {key: $before + '/' + new.stix_id, live: true}) }
RETURN $before AS before, $after AS after, new.attack_id AS technique_id, new.name AS technique,
  COLLECT { MATCH (new)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname AS name ORDER BY name } AS tactics,
  coalesce(new.platforms, []) AS platforms
ORDER BY technique_id, new.key
