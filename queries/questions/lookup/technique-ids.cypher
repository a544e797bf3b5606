// Identifiers of techniques and what they mean
// What does each identifier that a technique has mean in this release: itself, a successor, or nothing any more?
// `tactics` are STIX ids, which stay when a tactic is renamed. `revoked` is of the identifier's own object.
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (object:Technique {release: $release})
WHERE object.attack_id IS NOT NULL
WITH object.attack_id AS attack_id, object ORDER BY attack_id, object.live DESC, object.stix_id
WITH attack_id, collect(object)[0] AS object
OPTIONAL MATCH (:AttackId {id: attack_id})-[:RESOLVES_TO {release: $release}]->(now:Technique)
RETURN $release AS release, attack_id, object.name AS name, coalesce(object.revoked, false) AS revoked,
  now.attack_id AS technique_id, now.name AS technique, coalesce(now.platforms, []) AS platforms, COLLECT {
    MATCH (now)-[:ACHIEVES]->(tactic:Tactic)
    RETURN DISTINCT tactic.stix_id AS stix_id ORDER BY stix_id
  } AS tactics
ORDER BY attack_id
