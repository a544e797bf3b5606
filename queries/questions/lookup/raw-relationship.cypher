// The source record of a relationship
// What exactly did MITRE publish for the relationship object of this STIX id, and what is its SHA-256?
// revision 1
// :param {release: 'enterprise-attack@18.1', stix_id: 'relationship--ba18f273-c399-46e3-be3e-205d1140f8d6'}
MATCH (start:AttackObject {release: $release})-[link]->(end:AttackObject)
WHERE link.stix_id = $stix_id
MATCH (record:Raw {sha256: link.sha256})
MATCH (loaded:Release {key: $release})
RETURN DISTINCT $release AS release, type(link) AS type, start.attack_id AS from_id, end.attack_id AS to_id,
  $stix_id AS stix_id, record.sha256 AS sha256, loaded.file_sha256 AS file_sha256,
  loaded.published_as AS published_as, record.media AS media, record.text AS text
ORDER BY type, from_id, to_id, sha256
