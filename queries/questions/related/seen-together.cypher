// What belongs with techniques that were seen together
// Which techniques do the groups, campaigns and software use whose own techniques are most like a set (an incident)?
// The 50 nearest by cosine: shared techniques over the root of both counts. A technique's score is the sum of the
// cosines of those of them that use it. `nearest` names the first three. Docs: docs/related.md has how well it predicts.
// revision 3
// :param {release: 'enterprise-attack@18.1', attack_ids: ['T1528', 'T1550.001', 'T1098.003'], limit: 25}
MATCH (known:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WHERE known.id IN $attack_ids
WITH collect(DISTINCT technique) AS seen
UNWIND seen AS technique
MATCH (user:Group|Campaign|Software {live: true})-[:USES]->(technique)
WITH seen, user, count(DISTINCT technique) AS shared
WITH seen, user, shared / sqrt(1.0 * size(seen) * COUNT {
    MATCH (user)-[:USES]->(used:Technique {live: true}) RETURN DISTINCT used
  }) AS likeness
ORDER BY likeness DESC, user.attack_id, user.name, user.stix_id
LIMIT 50
MATCH (user)-[:USES]->(other:Technique {live: true})
WHERE NOT other IN seen
WITH DISTINCT other, user, likeness
ORDER BY likeness DESC, user.attack_id, user.name
WITH other, sum(likeness) AS score, count(*) AS users, collect(user.name)[..3] AS named
RETURN $release AS release, other.attack_id AS technique_id, other.name AS technique, score, users, named AS nearest
ORDER BY score DESC, users DESC, technique_id, technique, nearest
LIMIT $limit
