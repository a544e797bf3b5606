// Techniques that a thing leads to
// Which live techniques does this tactic, strategy, analytic, component or piece of evidence lead to?
// `id` is an ATT&CK or STIX id, or the publisher's id or key of a piece of evidence.
// revision 1
// :param {release: 'enterprise-attack@18.1', id: 'AN0496'}
CALL () {
  MATCH (start:AttackObject {release: $release})
  WHERE start.attack_id = $id OR start.stix_id = $id
  CALL (start) {
    MATCH (start:Technique) RETURN start AS technique
    UNION
    MATCH (start:Tactic)<-[:ACHIEVES]-(technique:Technique) RETURN technique
    UNION
    MATCH (start:DetectionStrategy)-[:DETECTS]->(technique:Technique) RETURN technique
    UNION
    MATCH (start:Analytic)<-[:HAS_ANALYTIC]-(:DetectionStrategy)-[:DETECTS]->(technique:Technique) RETURN technique
    UNION
    MATCH (start:DataComponent)<-[:LOOKS_FOR]-(:Analytic)<-[:HAS_ANALYTIC]-(:DetectionStrategy)-[:DETECTS]->(technique:Technique)
    RETURN technique
    UNION
    MATCH (start:DataComponent)-[:DETECTS]->(technique:Technique) RETURN technique
  }
  RETURN [label IN labels(start) WHERE label <> 'AttackObject'][0] AS type, start.attack_id AS key, technique
  UNION
  MATCH (evidence:Evidence)
  WHERE evidence.id = $id OR evidence.key = $id
  OPTIONAL MATCH (evidence)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  RETURN [label IN labels(evidence) WHERE label <> 'Evidence'][0] AS type, evidence.key AS key, technique
}
WITH type, key, technique
WHERE technique IS NULL OR technique.live
RETURN type, key, technique.attack_id AS technique_id
ORDER BY type, key, technique_id
