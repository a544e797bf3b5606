// Techniques that moved between tactics or platforms
// Which techniques have other tactics or other platforms than in an older release?
// revision 1
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
MATCH (new:Technique {release: $after})
MATCH (old:Technique&AttackObject {key: $before + '/' + new.stix_id})
WHERE new.live AND old.live
WITH new, old, COLLECT { MATCH (new)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname ORDER BY tactic.shortname } AS tactics,
  COLLECT { MATCH (old)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname ORDER BY tactic.shortname } AS tactics_before
WITH new, tactics, tactics_before, coalesce(new.platforms, []) AS platforms, coalesce(old.platforms, []) AS platforms_before
WITH new, [tactic IN tactics WHERE NOT tactic IN tactics_before] AS tactics_gained,
  [tactic IN tactics_before WHERE NOT tactic IN tactics] AS tactics_lost,
  [platform IN platforms WHERE NOT platform IN platforms_before] AS platforms_gained,
  [platform IN platforms_before WHERE NOT platform IN platforms] AS platforms_lost
WHERE tactics_gained + tactics_lost + platforms_gained + platforms_lost <> []
RETURN $before AS before, $after AS after, new.attack_id AS technique_id, new.name AS technique,
  tactics_gained, tactics_lost, platforms_gained, platforms_lost
ORDER BY technique_id
