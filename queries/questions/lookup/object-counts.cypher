// Objects of a release by type
// How many objects of each type does the release have, and how many of them are active?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (object:AttackObject {release: $release})
RETURN $release AS release, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type,
  count(*) AS objects, sum(toInteger(object.live)) AS live, sum(toInteger(object.revoked)) AS revoked,
  sum(toInteger(object.deprecated)) AS deprecated
ORDER BY type
