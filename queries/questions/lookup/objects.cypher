// Every object of a release
// Which objects does this release have, under which names, and which of them are active?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (object:AttackObject {release: $release})
RETURN $release AS release, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type,
  object.attack_id AS attack_id, object.stix_id AS stix_id, object.name AS name,
  coalesce(object.aliases, []) AS aliases, object.live AS live
ORDER BY type, attack_id, live DESC, stix_id
