// Relationships that touch retired objects
// Which published relationships join an object that is revoked or deprecated, other than to its successor?
// Each relationship is a row, however many have the same ends.
// revision 3
// :param {release: 'enterprise-attack@18.1'}
MATCH (dead:AttackObject {release: $release, live: false})-[link:!REVOKED_BY&!SUCCEEDS&!MENTIONS]-(other:AttackObject)
WHERE link.stix_id IS NOT NULL AND (other.live OR startNode(link) = dead)
RETURN $release AS release, 'live-touches-dead' AS kind, coalesce(dead.attack_id, dead.stix_id) AS attack_id,
  dead.name AS name, startNode(link).name + ' ' + type(link) + ' ' + endNode(link).name AS detail
ORDER BY attack_id, detail, name, link.stix_id
