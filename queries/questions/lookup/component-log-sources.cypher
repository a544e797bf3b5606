// Log sources of a data component
// In which log sources and channels can this component be seen?
// revision 3
// :param {release: 'enterprise-attack@18.1', attack_id: 'DC0002'}
MATCH (component:DataComponent)
WHERE component.release = $release AND (component.attack_id = $attack_id OR component.stix_id = $attack_id)
MATCH (component)-[recording:RECORDED_IN]->(source:LogSource)
RETURN $release AS release, component.attack_id AS component_id, component.name AS component,
  recording.as_written AS log_source, source.canonical AS canonical, recording.channel AS channel,
  COUNT {
    MATCH (component)<-[:LOOKS_FOR]-(analytic:Analytic {live: true})-[:READS]->(source)
    RETURN DISTINCT analytic
  } AS analytics
ORDER BY log_source, channel, component_id, component, canonical, analytics
