// Related techniques: actors
// Which techniques do the same groups, campaigns and software use?
// Jaccard over live direct users, from two shared ones on; users that share a name are several. With fewer than three
// users on a side the figure rests on little: low_support.
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (user:Group|Campaign|Software {live: true})-[:USES]->(technique)
WITH technique, collect(DISTINCT user) AS users
UNWIND users AS user
MATCH (user)-[:USES]->(other:Technique {live: true})
WHERE other <> technique
WITH users, other, collect(DISTINCT user) AS shared
WHERE size(shared) >= 2
WITH users, other, shared,
  COUNT { MATCH (user:Group|Campaign|Software {live: true})-[:USES]->(other) RETURN DISTINCT user } AS others_users
WITH other, shared, size(users) + others_users - size(shared) AS out_of, size(users) < 3 OR others_users < 3 AS low_support
RETURN $release AS release, other.attack_id AS technique_id, other.name AS technique, 'actor' AS method,
  toFloat(size(shared)) / out_of AS score, size(shared) AS shared,
  COLLECT { UNWIND shared AS user RETURN user.name AS name ORDER BY name } AS shared_with, out_of, low_support
ORDER BY score DESC, technique_id
