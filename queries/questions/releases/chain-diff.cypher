// Guidance kept, lost and gained between two releases
// Which ways from a technique over an analytic to a log source and its channel are still there, gone, or new?
// From 18 on; releases up to 17 have no analytics. Log sources are told apart by their names.
// revision 1
// :param {before: 'enterprise-attack@18.0', after: 'enterprise-attack@18.1'}
UNWIND [$before, $after] AS release
MATCH (technique:Technique {release: release, live: true})
MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})-[read:READS]->(source:LogSource)
WITH DISTINCT technique.stix_id AS technique_key, analytic.stix_id AS analytic_key, source.key AS source_key,
  source.canonical AS log_source, read.channel AS channel, release, technique, analytic
ORDER BY release = $after
WITH technique_key, analytic_key, source_key, log_source, channel, collect(release) AS releases,
  last(collect(technique)) AS technique, last(collect(analytic)) AS analytic
RETURN CASE WHEN size(releases) = 2 OR $before = $after THEN 'kept' WHEN releases = [$after] THEN 'gained' ELSE 'lost' END AS change,
  technique.attack_id AS technique_id, technique.name AS technique, analytic.attack_id AS analytic_id, log_source, channel
ORDER BY change, technique_id, analytic_id, log_source, channel, technique_key, analytic_key, source_key
