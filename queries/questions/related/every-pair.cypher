// Every pair of techniques that the same actors use
// Over a whole release, which two techniques share the most groups, campaigns and software?
// `at_least` is how many users they must share; score is the Jaccard index over direct, live users. One row per pair.
// revision 1
// :param {release: 'enterprise-attack@18.1', at_least: 2, limit: 100}
MATCH (technique:Technique {release: $release, live: true})<-[:USES]-(user:Group|Campaign|Software {live: true})
WITH technique, collect(DISTINCT user) AS users
WITH technique, users, size(users) AS number
UNWIND users AS user
WITH user, collect({technique: technique, number: number}) AS does
UNWIND does AS one
UNWIND does AS other
WITH one, other WHERE one.technique.attack_id < other.technique.attack_id
WITH one.technique AS technique, other.technique AS second, one.number AS users, other.number AS others_users, count(*) AS shared
WHERE shared >= $at_least
WITH *, users + others_users - shared AS out_of
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  second.attack_id AS other_id, second.name AS other, toFloat(shared) / out_of AS score, shared, out_of,
  users < 3 OR others_users < 3 AS low_support
ORDER BY score DESC, shared DESC, technique_id, other_id
LIMIT $limit
