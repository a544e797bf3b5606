// Detection paths kept, lost and gained between two releases
// Which pairs of data component and technique are still there, which are gone, and which are new?
// revision 3
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
UNWIND [$before, $after] AS release
MATCH (technique:Technique {release: release})
CALL (technique) {
  MATCH (component:DataComponent {live: true})-[:DETECTS]->(technique)
  RETURN component
  UNION
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:LOOKS_FOR]->(component:DataComponent)
  RETURN component
}
WITH component.stix_id AS component_stix_id, technique.stix_id AS technique_stix_id, release, component, technique
ORDER BY release = $after
WITH component_stix_id, technique_stix_id, collect(release) AS releases, last(collect(component)) AS component,
  last(collect(technique)) AS technique
RETURN $before AS before, $after AS after,
  CASE WHEN size(releases) = 2 THEN 'kept' WHEN releases = [$after] THEN 'gained' ELSE 'lost' END AS change,
  component_stix_id, component.attack_id AS component_id, component.name AS component,
  technique.attack_id AS technique_id, technique.name AS technique
ORDER BY change, technique_id, component, technique_stix_id, component_stix_id
