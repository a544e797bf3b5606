// The relationships of an object through the releases
// Which relationships with other objects does this object have in each loaded release?
// Those that are computed (the same object in another release, links in descriptions) are left out.
// revision 1
// :param {stix_id: 'attack-pattern--890c9858-598c-401d-a4d5-c67ebcdd703a'}
MATCH (object:AttackObject {stix_id: $stix_id})-[link]-(other:AttackObject)
WHERE NOT type(link) IN ['SUCCEEDS', 'MENTIONS']
RETURN DISTINCT object.release AS release, type(link) AS relationship, startNode(link) = object AS outgoing,
  [label IN labels(other) WHERE label <> 'AttackObject'][0] AS type,
  coalesce(other.stix_id, other.key) AS other_key, other.attack_id AS attack_id, other.name AS name
ORDER BY release, relationship, outgoing, type, attack_id, other_key
