// What a log source shows
// Which analytics read this log source, and which techniques do they detect?
// revision 1
// :param {release: 'enterprise-attack@18.1', log_source: 'azure:signinlogs'}
MATCH (source:LogSource {canonical: $log_source})
MATCH shown = (source)<-[:READS]-(:Analytic {release: $release})<-[:HAS_ANALYTIC]-(:DetectionStrategy)-[:DETECTS]->(:Technique)
RETURN shown
LIMIT 150
