// Techniques that are always used together
// Which technique does no group or campaign use without another one?
// `at_least` is how many groups and campaigns must use the first; `others_users` is how many use the second.
// :param {release: 'enterprise-attack@18.1', at_least: 3, limit: 50}
MATCH (one:Technique {release: $release, live: true})
WITH one, COLLECT { MATCH (user:Group|Campaign {live: true})-[:USES]->(one) RETURN DISTINCT user ORDER BY user.name } AS users
WHERE size(users) >= $at_least
WITH one, users, head(users) AS first
MATCH (first)-[:USES]->(other:Technique {live: true})
WHERE other <> one AND all(user IN tail(users) WHERE EXISTS { (user)-[:USES]->(other) })
WITH DISTINCT one, other, users
RETURN $release AS release, one.attack_id AS technique_id, one.name AS technique, other.attack_id AS other_id,
  other.name AS other, size(users) AS users, [user IN users | user.name] AS used_by,
  COUNT { MATCH (user:Group|Campaign {live: true})-[:USES]->(other) RETURN DISTINCT user } AS others_users
ORDER BY toFloat(users) / others_users DESC, technique_id, other_id
LIMIT $limit
