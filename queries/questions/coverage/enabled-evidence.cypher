// Evidence for a technique that an environment has enabled
// Which enabled rules, detections and capabilities claim this technique, where do they apply, and what do they see?
// `sees`: a log source that the rule reads is collected; null where the evidence is not a rule. `validated_on` is the
// date of a test that passed. Platforms that the environment states for evidence without any are taken.
// revision 1
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', attack_id: 'T1528', set: null}
MATCH (loaded:Release {key: $release})
MATCH (environment:Environment {key: $environment})
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (technique)<-[way:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE ($set IS NULL OR $set IN [set.key, set.name]) AND (set.sample IS NULL OR loaded.sample)
  AND EXISTS { (environment)-[:ENABLES]->(evidence) }
WITH technique, environment, way, claim, evidence, set, coalesce(technique.platforms, []) = [] AS unstated,
  coalesce(loaded.names_elsewhere, []) AS elsewhere, COLLECT {
    MATCH (environment)-[:COLLECTS {sees: true}]->(source:LogSource)
    RETURN DISTINCT source.canonical
  } AS collected,
  head(COLLECT { MATCH (environment)-[placing:PLACES]->(evidence) RETURN placing.platforms }) AS stated
WITH *, [name IN coalesce(evidence.runs_on, evidence.platforms, stated, []) WHERE NOT name IN elsewhere] AS on
WITH *, [name IN on WHERE name IN coalesce(technique.platforms, [])] AS placed
UNWIND CASE placed WHEN [] THEN [null] ELSE placed END AS platform
OPTIONAL MATCH (evidence)-[:REPORTED_BY]->(source:NativeSource)
RETURN $release AS release, environment.key AS environment, technique.attack_id AS technique_id, platform,
  CASE WHEN unstated THEN 'unstated' WHEN platform IS NOT NULL THEN 'placed' WHEN on = [] THEN 'unplaced' ELSE 'off_platform' END AS placement,
  claim.category AS category, toLower([label IN labels(evidence) WHERE label <> 'Evidence'][0]) AS kind,
  evidence.id AS id, coalesce(evidence.title, source.name) AS title, set.key AS `set`, way.via AS via, way.hops AS hops,
  CASE WHEN evidence:Rule THEN any(name IN coalesce(evidence.logsources, []) WHERE name IN collected)
    OR EXISTS { MATCH (evidence)-[read:READS]->(log:LogSource)
      WHERE log.canonical IN collected AND all(name IN coalesce(read.needs, []) WHERE name IN collected) } END AS sees,
  head(COLLECT {
    MATCH (environment)-[test:VALIDATED]->(evidence)
    WHERE test.on IS NOT NULL AND test.state <> 'none'
    RETURN toString(test.on) AS day ORDER BY day DESC
  }) AS validated_on,
  claim.confidence AS confidence, claim.effectiveness AS effectiveness, coalesce(claim.status, evidence.status) AS status,
  coalesce(claim.as_of, evidence.modified, evidence.date) AS as_of, coalesce(evidence.count, 1) AS pieces,
  claim.counted AS counted, coalesce(evidence.logsource, source.name, evidence.provider) AS source, claim.comment AS comment
ORDER BY counted DESC, category, placement, platform, kind, `set`, id, comment
