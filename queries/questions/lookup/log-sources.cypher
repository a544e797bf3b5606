// Log sources of a release
// Which log sources do the analytics of this release read, under which spellings, and for how many techniques?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
MATCH (analytic)-[:READS]->(source:LogSource)
WITH * ORDER BY source.name
RETURN $release AS release, source.canonical AS log_source, collect(DISTINCT source.name) AS names,
  count(DISTINCT analytic) AS analytics, count(DISTINCT technique) AS techniques
ORDER BY techniques DESC, log_source
