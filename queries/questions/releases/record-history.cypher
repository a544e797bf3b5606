// The records of an object through the releases
// What exactly does each loaded release state of this object?
// revision 1
// :param {stix_id: 'attack-pattern--890c9858-598c-401d-a4d5-c67ebcdd703a'}
MATCH (object:AttackObject {stix_id: $stix_id})
MATCH (record:Raw {sha256: object.sha256})
RETURN object.release AS release, object.attack_id AS attack_id, record.sha256 AS sha256, record.text AS text
ORDER BY release
