// Data components that detect techniques
// Which data component detects which technique? Up to 17 a published relationship says so; from 18
// on it is the chain strategy, analytic, component.
// revision 3
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release})
CALL (technique) {
  MATCH (component:DataComponent {live: true})-[:DETECTS]->(technique)
  RETURN component, 'published' AS via
  UNION
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:LOOKS_FOR]->(component:DataComponent)
  RETURN component, 'analytic' AS via
}
RETURN $release AS release, component.stix_id AS component_stix_id, component.attack_id AS component_id,
  component.name AS component, technique.stix_id AS technique_stix_id, technique.attack_id AS technique_id,
  technique.name AS technique, via
ORDER BY technique_id, component, technique_stix_id, component_stix_id, via
