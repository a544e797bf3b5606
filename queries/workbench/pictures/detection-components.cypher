// From a technique to the components that show it
// Which strategy, analytics and data components does ATT&CK name for this technique?
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1212'}
MATCH (technique:Technique {release: $release, attack_id: $attack_id})
MATCH aim = (technique)-[:ACHIEVES]->(:Tactic)
OPTIONAL MATCH chain = (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:LOOKS_FOR]->(:DataComponent)
OPTIONAL MATCH until_17 = (technique)<-[:DETECTS]-(:DataComponent)-[:PART_OF]->(:DataSource)
RETURN aim, chain, until_17
LIMIT 150
