// Claims that wait for a newer release
// Which detection claims name an identifier that only a newer loaded release has, in place of this technique?
// They are not counted in this release: T1685 replaces T1562 and some of its sub-techniques in 19.
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1562.001'}
MATCH (loaded:Release {key: $release})
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WITH loaded, technique
MATCH (technique)<-[:RESOLVES_TO {release: $release, via: 'direct'}]-(old:AttackId)-[:RESOLVES_TO {via: 'revoked-by'}]->(successor:Technique)
WITH DISTINCT loaded, technique, successor
MATCH (newer:Release {key: successor.release})
WHERE newer.domain = loaded.domain AND coalesce(newer.sample, false) = coalesce(loaded.sample, false)
  AND (newer.major > loaded.major OR newer.major = loaded.major AND newer.minor > loaded.minor)
WITH loaded, technique, successor, newer
MATCH (successor)<-[:RESOLVES_TO {via: 'direct'}]-(claimed:AttackId)
WHERE NOT EXISTS { (claimed)<-[:HAS_ID]-(:AttackObject {release: $release}) }
WITH loaded, technique, successor, newer, claimed
MATCH (claimed)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
WITH * ORDER BY newer.key, set.key
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique, claimed.id AS claimed_id,
  head(collect(successor.name)) AS claimed, count(DISTINCT claim) AS claims, count(DISTINCT evidence) AS evidence,
  collect(DISTINCT newer.key) AS known_in, collect(DISTINCT set.key) AS sets
ORDER BY claimed_id
