// The source record of an object
// What exactly did MITRE publish for this object, and what is its SHA-256?
// The hash is over the RFC 8785 form of the record, which is the text. The mitigations
// that carried the ids of techniques until 2018 come after the techniques.
// revision 4
// :param {release: 'enterprise-attack@18.1', attack_id: 'AN0496'}
MATCH (object:AttackObject)
WHERE object.release = $release AND (object.attack_id = $attack_id OR object.stix_id = $attack_id)
MATCH (record:Raw {sha256: object.sha256})
MATCH (loaded:Release {key: $release})
RETURN $release AS release, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type,
  object.attack_id AS attack_id, object.stix_id AS stix_id, object.live AS live, record.sha256 AS sha256,
  loaded.file_sha256 AS file_sha256, loaded.source_name AS source_name, record.media AS media, record.text AS text,
  loaded.published_as AS published_as
ORDER BY live DESC, object:Mitigation AND NOT attack_id =~ '(?:.*-)?M\\d+', type, stix_id
