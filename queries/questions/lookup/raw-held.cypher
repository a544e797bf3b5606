// The source record of an environment, of an annotation, or of a hash
// What exactly is in the file of this environment or annotation, and which record has a hash that begins like this?
// `sha256` is the first eight or more digits of a hash that an answer names; null for none.
// revision 1
// :param {id: 'cloud-soc', sha256: null}
CALL () {
  MATCH (:Environment {key: $id})-[:HAS_RECORD]->(record:Raw)
  RETURN 'Environment' AS type, $id AS id, record
  UNION
  MATCH (annotation:Annotation {key: $id})
  MATCH (record:Raw {sha256: annotation.sha256})
  RETURN 'Annotation' AS type, $id AS id, record
  UNION
  MATCH (record:Raw)
  WHERE record.sha256 STARTS WITH $sha256
  RETURN 'record' AS type, record.sha256 AS id, record
}
RETURN type, id, record.sha256 AS sha256, record.media AS media, record.text AS text
ORDER BY type, id, sha256
