// Groups most like this one
// Which groups use the same techniques, and how many?
// Jaccard over the techniques that they use themselves, from two shared ones on.
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'G0016', limit: 25}
MATCH (group:Group {attack_id: $attack_id, release: $release, live: true})-[:USES]->(technique:Technique {live: true})
WITH group, collect(DISTINCT technique) AS techniques
UNWIND techniques AS technique
MATCH (other:Group {live: true})-[:USES]->(technique)
WHERE other <> group
WITH * ORDER BY technique.attack_id
WITH group, size(techniques) AS own, other, collect(DISTINCT technique.attack_id) AS shared
WHERE size(shared) >= 2
WITH other, shared, own - size(shared)
  + COUNT { MATCH (other)-[:USES]->(technique:Technique {live: true}) RETURN DISTINCT technique } AS out_of
RETURN $release AS release, other.attack_id AS attack_id, other.name AS name, toFloat(size(shared)) / out_of AS score,
  size(shared) AS shared, out_of, shared AS shared_with
ORDER BY score DESC, attack_id, name, out_of, shared_with
LIMIT $limit
