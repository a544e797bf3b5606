// Revoked objects without a successor
// Which revoked objects have no successor, or only a retired one?
// revision 2
// :param {release: 'mobile-attack@17.1'}
MATCH (object:AttackObject {release: $release, revoked: true})
WHERE NOT EXISTS { (object)-[:REVOKED_BY*1..10]->(:AttackObject {live: true}) }
RETURN $release AS release, 'revoked-without-successor' AS kind, coalesce(object.attack_id, object.stix_id) AS attack_id,
  object.name AS name, [label IN labels(object) WHERE label <> 'AttackObject'][0]
    + CASE WHEN EXISTS { (object)-[:REVOKED_BY]->(:AttackObject) } THEN ', its successor is dead' ELSE '' END AS detail
ORDER BY attack_id, name, detail
