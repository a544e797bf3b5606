// Where techniques show
// In which log source or component does which technique show, and how much does sharing it weigh?
// The weight is that of related.telemetry: ln(N / techniques that use it), N the live techniques of the release.
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (each:Technique {release: $release, live: true})
WITH collect(each) AS techniques
UNWIND techniques AS each
CALL (each) {
  MATCH (each)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:READS]->(source:LogSource)
  RETURN 'log ' + source.canonical AS id, source.canonical AS trace
  UNION
  MATCH (each)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:LOOKS_FOR]->(component:DataComponent)
  RETURN component.stix_id AS id, component.name AS trace
  UNION
  MATCH (each)<-[:DETECTS]-(component:DataComponent {live: true})
  RETURN component.stix_id AS id, component.name AS trace
}
WITH toFloat(size(techniques)) AS n, id, trace, collect(each) AS users
RETURN $release AS release, id, trace, log(n / size(users)) AS weight,
  COLLECT { UNWIND users AS user RETURN user.attack_id AS technique_id ORDER BY technique_id } AS technique_ids,
  COLLECT { UNWIND users AS user RETURN user.name AS name ORDER BY user.attack_id, name } AS techniques
ORDER BY trace, id
