// What goes blind when a log source stops
// Which techniques would enabled rules no longer detect if this log source stopped, and what would still detect them?
// A rule goes blind when none of the other log sources that it reads is collected. Evidence counts, as lost or as left,
// on a platform that is run here and that the technique has, or without one; an environment that states none runs all.
// revision 1
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', log_source: 'azure:audit'}
MATCH (environment:Environment {key: $environment})
WITH environment, COLLECT {
    MATCH (environment)-[c:COLLECTS]->(s:LogSource)
    WHERE c.status IN ['collected', 'partial'] AND s.canonical <> $log_source
    RETURN DISTINCT s.canonical
  } AS others,
  COLLECT { MATCH (environment)-[:RUNS]->(platform:Platform) RETURN platform.name } AS runs
MATCH (:LogSource {canonical: $log_source})<-[:READS]-(rule:Rule)<-[:ENABLES]-(environment)
WHERE coalesce(rule.counted, true) AND EXISTS { (rule)<-[:CONTAINS]-(:EvidenceSet {current: true}) }
  AND NOT EXISTS { MATCH (rule)-[:READS]->(s:LogSource) WHERE s.canonical IN others }
MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WHERE coalesce(claim.counted, true)
WITH *, [platform IN coalesce(technique.platforms, [])
  WHERE NOT coalesce(environment.platforms_stated, false) OR platform IN runs] AS here,
  CASE coalesce(rule.platforms, []) WHEN [] THEN
    coalesce(head(COLLECT { MATCH (environment)-[placing:PLACES]->(rule) RETURN placing.platforms }), [])
    ELSE rule.platforms END AS on
WHERE here <> [] AND (on = [] OR any(platform IN on WHERE platform IN here))
WITH environment, others, technique, here, collect(DISTINCT rule) AS blind
CALL (environment, others, technique, here) {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:ENABLES]-(environment)
  WHERE coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
    AND EXISTS { (evidence)<-[:CONTAINS]-(:EvidenceSet {current: true}) }
    AND (NOT evidence:Rule OR EXISTS { MATCH (evidence)-[:READS]->(s:LogSource) WHERE s.canonical IN others })
  WITH evidence, here,
    CASE coalesce(evidence.platforms, []) WHEN [] THEN
    coalesce(head(COLLECT { MATCH (environment)-[placing:PLACES]->(evidence) RETURN placing.platforms }), [])
    ELSE evidence.platforms END AS on
  WHERE on = [] OR any(platform IN on WHERE platform IN here)
  RETURN count(DISTINCT evidence) AS left
}
RETURN $release AS release, environment.key AS environment, $log_source AS log_source, technique.attack_id AS technique_id,
  technique.name AS technique, size(blind) AS rules_blind, left AS detections_left,
  COLLECT { UNWIND blind AS rule RETURN rule.title AS title ORDER BY title } AS rules
ORDER BY technique_id
