// From a technique to the logs that show it
// Which strategy, analytics and log sources does ATT&CK name for this technique?
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1212'}
MATCH (technique:Technique {release: $release, attack_id: $attack_id})
MATCH chain = (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:READS]->(:LogSource)
RETURN chain
LIMIT 150
