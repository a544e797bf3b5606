// What analytics and rules read, with its records
// Which log sources and components do these analytics and rules need, and does the environment collect them?
// Analytics are named by their keys in the graph (release/STIX id), rules by theirs. `status` is the best that the
// environment gives to the names of the log source: collected, partial, planned, not_used; null where it declares none.
// revision 4
// :param {keys: ['enterprise-attack@18.1/x-mitre-analytic--0b8b8557-0393-4c63-963f-e5a3b5cc6ad8'], environment: null}
CALL () {
  MATCH (reader:AttackObject)-[reads:READS]->(source:LogSource)
  WHERE reader.key IN $keys
  OPTIONAL MATCH (component:AttackObject {key: reader.release + '/' + reads.component})
  RETURN reader, reads, source, component
  UNION ALL
  MATCH (reader:Evidence)-[reads:READS]->(source:LogSource)
  WHERE reader.key IN $keys
  RETURN reader, reads, source, null AS component
}
RETURN reader.key AS reader, reader.sha256 AS reader_sha256, reads.as_written AS log_source, source.key AS log_source_key,
  source.canonical AS canonical, reads.channel AS channel, reads.confidence AS confidence, coalesce(reads.stated, reader.logsource) AS stated,
  component.key AS component, component.attack_id AS component_id, component.sha256 AS component_sha256,
  head([status IN ['collected', 'partial', 'planned', 'not_used'] WHERE status IN COLLECT {
    MATCH (:Environment {key: $environment})-[collects:COLLECTS]->(:LogSource {canonical: source.canonical})
    RETURN collects.status }]) AS status
ORDER BY reader, log_source, component_id, component, channel, stated, confidence
