// Objects with their texts
// What do the objects of a release say of themselves, and under which names are they known?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (object:AttackObject {release: $release})
WHERE object.attack_id IS NOT NULL AND object.stix_id IS NOT NULL
RETURN object.stix_id AS stix_id, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type,
  object.attack_id AS attack_id, object.name AS name, object.live AS live, coalesce(object.aliases, []) AS aliases,
  coalesce(object.platforms, []) AS platforms, object.description AS description
ORDER BY attack_id, stix_id
