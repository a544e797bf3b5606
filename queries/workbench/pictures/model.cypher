// The graph around one technique, one node of each kind
// How do releases, techniques, detections, log sources, evidence and environments hang together?
// Official content on the one side, claims about it on the other; a claim is about an identifier, which resolves to
// a technique of each release. What is not loaded is not drawn.
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (technique:Technique {release: $release, attack_id: $attack_id, live: true})
CALL (technique) {
  MATCH part = (:Release)-[:CONTAINS]->(technique)
  RETURN part LIMIT 1
  UNION ALL
  MATCH part = (technique)-[:ACHIEVES]->(:Tactic)
  RETURN part LIMIT 1
  UNION ALL
  MATCH part = (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})-[:READS]->(:LogSource)
  RETURN part ORDER BY analytic.attack_id LIMIT 1
  UNION ALL
  MATCH part = (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})-[:LOOKS_FOR]->(:DataComponent)
  RETURN part ORDER BY analytic.attack_id LIMIT 1
  UNION ALL
  MATCH part = (technique)<-[:MITIGATES]-(:Mitigation)
  RETURN part LIMIT 1
  UNION ALL
  MATCH part = (technique)<-[:USES]-(:Group)
  RETURN part LIMIT 1
  UNION ALL
  MATCH part = (technique)<-[:RESOLVES_TO]-(:AttackId)<-[:CLAIMS]-(:Rule)<-[:CONTAINS]-(:EvidenceSet {current: true})
  RETURN part LIMIT 1
  UNION ALL
  MATCH part = (technique)<-[:RESOLVES_TO]-(:AttackId)<-[:CLAIMS]-(:Detection)-[:REPORTED_BY]->(:NativeSource)
  RETURN part LIMIT 1
  UNION ALL
  MATCH part = (technique)<-[:RESOLVES_TO]-(:AttackId)<-[:CLAIMS]-(:Evidence)<-[:ENABLES]-(:Environment)
  RETURN part LIMIT 1
}
RETURN part
LIMIT 150
