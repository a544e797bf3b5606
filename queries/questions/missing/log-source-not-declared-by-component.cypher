// Log sources that a component does not declare
// Which log source and channel does an analytic read for a component that does not list them itself?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (analytic:Analytic {release: $release, live: true})-[reading:READS]->(source:LogSource)
MATCH (component:AttackObject {key: $release + '/' + reading.component})
WHERE NOT EXISTS {
  MATCH (component)-[recording:RECORDED_IN]->(source)
  WHERE recording.as_written = reading.as_written AND recording.channel = reading.channel
}
RETURN $release AS release, 'log-source-not-declared-by-component' AS kind,
  coalesce(component.attack_id, component.stix_id) AS attack_id, component.name AS name,
  analytic.attack_id + ' reads ' + reading.as_written + ' ' + coalesce(reading.channel, '') AS detail
ORDER BY attack_id, detail, name
