// What else a log source shows
// Which techniques have an analytic that reads this log source, and how many other log sources does it need?
// revision 4
// :param {release: 'enterprise-attack@18.1', log_source: 'azure:signinlogs'}
MATCH (named:LogSource)
WHERE named.key = toLower(trim($log_source)) OR named.canonical = $log_source
WITH DISTINCT named.canonical AS canonical
MATCH (source:LogSource {canonical: canonical})
MATCH (source)<-[reading:READS {release: $release}]-(analytic:Analytic {live: true})<-[:HAS_ANALYTIC]-(:DetectionStrategy {live: true})-[:DETECTS]->(technique:Technique {live: true})
WITH * ORDER BY reading.channel
WITH technique, analytic, source, collect(DISTINCT reading.channel) AS channels
RETURN $release AS release, source.canonical AS log_source, technique.attack_id AS technique_id,
  technique.name AS technique, analytic.attack_id AS analytic_id, coalesce(analytic.platforms, []) AS platforms, channels,
  COUNT { MATCH (analytic)-[:READS]->(needed:LogSource) WHERE needed.canonical <> source.canonical RETURN DISTINCT needed.canonical } AS other_log_sources
ORDER BY technique_id, analytic_id, log_source, channels
