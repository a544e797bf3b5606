// Techniques that are always used together
// Which technique does no group or campaign use without another one?
// `at_least` is how many groups and campaigns must use the first; `others_users` is how many use the second.
// revision 2
// :param {release: 'enterprise-attack@18.1', at_least: 3, limit: 50}
MATCH (user:Group|Campaign {release: $release, live: true})
WITH user, COLLECT { MATCH (user)-[:USES]->(technique:Technique {live: true}) RETURN DISTINCT technique } AS does
ORDER BY size(does), user.name, user.key
UNWIND does AS one
WITH one, collect(user.name) AS used_by, collect(does) AS ways
WHERE size(used_by) >= $at_least
UNWIND [other IN head(ways) WHERE other <> one AND all(does IN tail(ways) WHERE other IN does)] AS other
RETURN $release AS release, one.attack_id AS technique_id, one.name AS technique, other.attack_id AS other_id,
  other.name AS other, size(used_by) AS users, used_by,
  COUNT { MATCH (user:Group|Campaign {live: true})-[:USES]->(other) RETURN DISTINCT user } AS others_users
ORDER BY toFloat(users) / others_users DESC, technique_id, other_id
LIMIT $limit
