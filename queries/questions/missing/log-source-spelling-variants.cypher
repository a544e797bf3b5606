// Spellings of one log source
// Which log sources go by several spellings or names, and which name is proposed for them?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (analytic:Analytic {release: $release})-[reading:READS]->(source:LogSource)
WITH source.canonical AS canonical, reading.as_written AS spelling, count(DISTINCT analytic) AS analytics
ORDER BY analytics DESC, spelling
WITH canonical, collect(spelling) AS spellings, collect(analytics) AS analytics
WHERE size(spellings) > 1
RETURN $release AS release, 'log-source-spelling-variants' AS kind, canonical AS log_source, spellings, analytics
ORDER BY size(spellings) DESC, log_source
