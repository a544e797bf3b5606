// What a log source shows
// Which analytics read this log source, and which techniques do they detect?
// revision 2
// :param {release: 'enterprise-attack@18.1', log_source: 'azure:signinlogs'}
MATCH (source:LogSource {canonical: $log_source})
MATCH shown = (source)<-[:READS]-(:Analytic {release: $release, live: true})<-[:HAS_ANALYTIC]-(:DetectionStrategy {live: true})-[:DETECTS]->(:Technique)
RETURN shown
LIMIT 150
