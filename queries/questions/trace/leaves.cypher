// Records of a release or set
// Which records is the content root of this release or set made of?
// revision 1
// :param {key: 'enterprise-attack@18.1-sample'}
CALL () {
  MATCH (owner:Release {key: $key})-[:HAS_RECORD]->(record:Raw)
  RETURN record
  UNION
  MATCH (owner:EvidenceSet {key: $key})-[:HAS_RECORD]->(record:Raw)
  RETURN record
}
RETURN record.sha256 AS sha256, record.text AS text
ORDER BY sha256
