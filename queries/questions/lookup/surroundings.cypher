// What surrounds an object
// Which techniques, tactics, components, log sources, mitigations and users belong to this object?
// Of an analytic, strategy or component, those of the techniques that it detects; of a technique its own.
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'AN0496'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(object:AttackObject)
CALL (object) {
  WITH object WHERE object:Technique RETURN object AS technique
  UNION
  MATCH (object)<-[:HAS_ANALYTIC]-(:DetectionStrategy)-[:DETECTS]->(technique:Technique) RETURN technique
  UNION
  MATCH (object)<-[:LOOKS_FOR]-(:Analytic {live: true})<-[:HAS_ANALYTIC]-(:DetectionStrategy {live: true})-[:DETECTS]->(technique:Technique) RETURN technique
  UNION
  MATCH (object)-[:DETECTS|MITIGATES|USES]->(technique:Technique {live: true}) RETURN technique
}
WITH object, collect(DISTINCT technique) AS techniques
CALL (object, techniques) {
  UNWIND techniques AS technique
  RETURN 'techniques' AS field, technique.attack_id AS id, technique.name AS name
  UNION
  UNWIND techniques AS technique
  MATCH (technique)-[:ACHIEVES]->(tactic:Tactic)
  RETURN 'tactics' AS field, tactic.attack_id AS id, tactic.shortname AS name
  UNION
  UNWIND techniques AS technique
  MATCH (technique)<-[:MITIGATES]-(mitigation:Mitigation {live: true})
  RETURN 'mitigations' AS field, mitigation.attack_id AS id, mitigation.name AS name
  UNION
  UNWIND techniques AS technique
  MATCH (technique)<-[:USES]-(user:Group|Software|Campaign {live: true})
  RETURN CASE WHEN user:Group THEN 'groups' WHEN user:Software THEN 'software' ELSE 'campaigns' END AS field,
    user.attack_id AS id, user.name AS name
  UNION
  UNWIND CASE WHEN object:Analytic THEN [] ELSE techniques END AS technique
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:LOOKS_FOR]->(component:DataComponent)
  RETURN 'data_components' AS field, component.attack_id AS id, component.name AS name
  UNION
  UNWIND techniques AS technique
  MATCH (technique)<-[:DETECTS]-(component:DataComponent {live: true})
  RETURN 'data_components' AS field, component.attack_id AS id, component.name AS name
  UNION
  MATCH (object)-[:LOOKS_FOR]->(component:DataComponent)
  RETURN 'data_components' AS field, component.attack_id AS id, component.name AS name
  UNION
  UNWIND CASE WHEN object:Analytic THEN [] ELSE techniques END AS technique
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:READS]->(source:LogSource)
  RETURN 'log_sources' AS field, source.canonical AS id, source.name AS name
  UNION
  MATCH (object)-[:READS]->(source:LogSource)
  RETURN 'log_sources' AS field, source.canonical AS id, source.name AS name
  UNION
  MATCH (object)-[link:!SUCCEEDS]-(other:AttackObject)
  RETURN 'relationships' AS field, coalesce(other.attack_id, other.stix_id) AS id, type(link) AS name
}
RETURN $release AS release, object.attack_id AS attack_id, field, id, name
ORDER BY field, id, name
