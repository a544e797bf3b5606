// Neighbors of an object
// What does this object point to, and what points to it, by which relationship?
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'G0016'}
MATCH (object:AttackObject)
WHERE object.release = $release AND (object.attack_id = $attack_id OR object.stix_id = $attack_id)
MATCH (object)-[link:!SUCCEEDS]-(other:AttackObject)
RETURN $release AS release, object.stix_id AS of_stix_id, type(link) AS relationship,
  CASE WHEN startNode(link) = object THEN 'out' ELSE 'in' END AS direction,
  [label IN labels(other) WHERE label <> 'AttackObject'][0] AS type, other.attack_id AS attack_id,
  other.stix_id AS stix_id, other.name AS name, other.live AS live, link.description AS description,
  link.sha256 AS sha256
ORDER BY relationship, direction, type, attack_id, stix_id, link.stix_id, of_stix_id
