// What goes blind when a log source stops
// Which techniques would enabled rules no longer detect if this log source stopped, and what would still detect them?
// A rule goes blind when none of the other log sources that it reads is collected, with those that it needs beside it. Evidence counts, as lost or as left,
// on a platform that is run here and that the technique has, or without one; an environment that states none runs all,
// and where ATT&CK states none for the technique all evidence counts.
// revision 4
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', log_source: 'azure:audit'}
MATCH (loaded:Release {key: $release})
MATCH (environment:Environment {key: $environment})
WITH loaded, environment, coalesce(loaded.names_elsewhere, []) AS elsewhere, COLLECT {
    MATCH (environment)-[:COLLECTS {sees: true}]->(s:LogSource) WHERE s.canonical <> $log_source
    RETURN DISTINCT s.canonical
  } AS others,
  COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } AS runs
MATCH (environment)-[:ENABLES]->(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR loaded.sample)
  AND ($log_source IN coalesce(rule.logsources, []) OR EXISTS { (rule)-[:READS]->(:LogSource {canonical: $log_source}) })
  AND none(name IN coalesce(rule.logsources, []) WHERE name IN others)
  AND NOT EXISTS { MATCH (rule)-[read:READS]->(s:LogSource)
    WHERE s.canonical IN others AND all(name IN coalesce(read.needs, []) WHERE name IN others) }
MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WHERE claim.counted
WITH *, CASE coalesce(technique.platforms, []) WHEN [] THEN [''] ELSE [platform IN technique.platforms
    WHERE NOT coalesce(environment.platforms_stated, false) OR platform IN runs] END AS here,
  head(COLLECT { MATCH (environment)-[placing:PLACES]->(rule) RETURN placing.platforms }) AS placed
WITH *, [name IN coalesce(rule.runs_on, rule.platforms, placed, []) WHERE NOT name IN elsewhere] AS on
WHERE here = [''] OR here <> [] AND (on = [] OR any(platform IN on WHERE platform IN here))
WITH loaded, environment, elsewhere, others, technique, here, collect(DISTINCT rule) AS blind
CALL (loaded, environment, elsewhere, others, technique, here) {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:ENABLES]-(environment)
  WHERE claim.counted
    AND EXISTS { MATCH (evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true}) WHERE set.sample IS NULL OR loaded.sample }
    AND (NOT evidence:Rule OR any(name IN coalesce(evidence.logsources, []) WHERE name IN others)
      OR EXISTS { MATCH (evidence)-[read:READS]->(s:LogSource)
        WHERE s.canonical IN others AND all(name IN coalesce(read.needs, []) WHERE name IN others) })
  WITH evidence, elsewhere, here,
    head(COLLECT { MATCH (environment)-[placing:PLACES]->(evidence) RETURN placing.platforms }) AS placed
  WITH *, [name IN coalesce(evidence.runs_on, evidence.platforms, placed, []) WHERE NOT name IN elsewhere] AS on
  WHERE here = [''] OR on = [] OR any(platform IN on WHERE platform IN here)
  RETURN count(DISTINCT evidence) AS left
}
RETURN $release AS release, environment.key AS environment, $log_source AS log_source, technique.attack_id AS technique_id,
  technique.name AS technique, size(blind) AS rules_blind, left AS detections_left,
  COLLECT { UNWIND blind AS rule RETURN rule.title AS title ORDER BY title } AS rules
ORDER BY technique_id
