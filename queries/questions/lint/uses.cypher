// Who uses what, in words
// Which groups, campaigns and software use which techniques and software, and how does the relationship describe it?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (user:AttackObject {release: $release, live: true})-[use:USES]->(used:AttackObject {live: true})
RETURN user.stix_id AS user_id, used.stix_id AS used_id, use.stix_id AS stix_id, use.description AS description
ORDER BY user_id, used_id, stix_id
