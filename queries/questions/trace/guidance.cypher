// Guidance on techniques, with its records
// Which strategies and analytics, or up to release 17 components, does ATT&CK name for these techniques, and which
// records state each step?
// `start` is an analytic, or a component where there is none; `by` is the SHA-256 of the relationship that detects.
// revision 1
// :param {release: 'enterprise-attack@18.1', techniques: ['T1528']}
MATCH (technique:Technique {release: $release})
WHERE technique.live AND technique.attack_id IN $techniques
CALL (technique) {
  MATCH (technique)<-[detects:DETECTS]-(strategy:DetectionStrategy)-[:HAS_ANALYTIC]->(start:Analytic)
  WHERE strategy.live AND start.live
  RETURN strategy, start, detects
  UNION ALL
  MATCH (technique)<-[detects:DETECTS]-(start:DataComponent)
  WHERE start.live
  RETURN null AS strategy, start, detects
}
RETURN $release AS release, technique.attack_id AS technique_id, technique.sha256 AS technique_sha256, strategy.attack_id AS strategy_id,
  strategy.sha256 AS strategy_sha256, [label IN labels(start) WHERE label <> 'AttackObject'][0] AS type,
  start.attack_id AS start_id, start.stix_id AS stix_id, start.sha256 AS start_sha256, detects.sha256 AS by,
  coalesce(start.platforms, []) AS platforms
ORDER BY technique_id, strategy_id, start_id, stix_id, by
