// Spellings of one log source
// Which log sources go by several spellings or names, and which name is proposed for them?
// The spellings are those of analytics and of components; `analytics` counts the analytics with each, 0 where none has it.
// revision 2
// :param {release: 'enterprise-attack@18.1'}
CALL () {
  MATCH (analytic:Analytic {release: $release})-[reading:READS]->(source:LogSource)
  RETURN source.canonical AS canonical, reading.as_written AS spelling, analytic
  UNION ALL
  MATCH (:DataComponent {release: $release})-[listing:RECORDED_IN]->(source:LogSource)
  RETURN source.canonical AS canonical, listing.as_written AS spelling, null AS analytic
}
WITH canonical, spelling, count(DISTINCT analytic) AS analytics
ORDER BY analytics DESC, spelling
WITH canonical, collect(spelling) AS spellings, collect(analytics) AS analytics
WHERE size(spellings) > 1
RETURN $release AS release, 'log-source-spelling-variants' AS kind, canonical AS log_source, spellings, analytics
ORDER BY size(spellings) DESC, log_source
