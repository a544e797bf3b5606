// Coverage in an environment
// What detects each technique here, on each platform that the environment runs, and how far is it validated?
// L5 L4 and validated, L4 an enabled rule or finding with a collected log source, L3 enabled rules that see nothing, L2 every
// log source of an analytic is collected, L1 guidance only, L0 nothing. `attack_id` narrows it to one technique and
// adds enabled evidence without a platform of the technique's; null is all techniques.
// revision 1
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', attack_id: 'T1528'}
MATCH (environment:Environment {key: $environment})
WITH environment,
  COLLECT { MATCH (environment)-[:RUNS]->(platform:Platform) RETURN platform.name } AS runs,
  COLLECT { MATCH (environment)-[c:COLLECTS {status: 'collected'}]->(s:LogSource) RETURN DISTINCT s.canonical } AS full,
  COLLECT { MATCH (environment)-[c:COLLECTS {status: 'partial'}]->(s:LogSource) RETURN DISTINCT s.canonical } AS part,
  COLLECT { MATCH (environment)-[c:COLLECTS {status: 'not_used'}]->(s:LogSource) RETURN DISTINCT s.canonical } AS not_used,
  COLLECT {
    MATCH (environment)-[:COLLECTS]->(declared:LogSource)
    MATCH (source:LogSource {canonical: declared.canonical})<-[:READS {release: $release}]-(analytic:Analytic)
    UNWIND analytic.platforms AS platform
    RETURN DISTINCT platform
  } AS declared
MATCH (technique:Technique {release: $release, live: true})
WHERE $attack_id IS NULL OR EXISTS { (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique) }
WITH *, full + part AS collected, coalesce(technique.platforms, []) AS platforms
CALL (environment, technique, collected, full) {
  MATCH (technique)<-[way:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:ENABLES]-(environment)
  WHERE coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
    AND EXISTS { (evidence)<-[:CONTAINS]-(:EvidenceSet {current: true}) }
  OPTIONAL MATCH (environment)-[placing:PLACES]->(evidence)
  WITH environment, evidence, claim.category AS category, min(size(way.hops)) > 1 AS migrated, collected, full,
    head(collect(placing.platforms)) AS placed
  RETURN collect({
    category: category, migrated: migrated, pieces: coalesce(evidence.count, 1),
    on: CASE coalesce(evidence.platforms, []) WHEN [] THEN coalesce(placed, []) ELSE evidence.platforms END,
    sees: NOT evidence:Rule OR EXISTS { MATCH (evidence)-[:READS]->(s:LogSource) WHERE s.canonical IN collected },
    steady: NOT evidence:Rule OR EXISTS { MATCH (evidence)-[:READS]->(s:LogSource) WHERE s.canonical IN full },
    proven: EXISTS { MATCH (environment)-[test:VALIDATED]->(evidence) WHERE test.on IS NOT NULL AND test.state <> 'none' }
  }) AS enabled
}
CALL (technique, not_used, collected, full) {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy)-[:HAS_ANALYTIC]->(analytic:Analytic)
  OPTIONAL MATCH (analytic)-[:READS]->(source:LogSource)
  WHERE NOT source.canonical IN not_used
  WITH analytic, collected, full, collect(DISTINCT source.canonical) AS named
  RETURN collect({
    on: coalesce(analytic.platforms, []), named: size(named), got: size([name IN named WHERE name IN collected]),
    steady: all(name IN named WHERE name IN full)
  }) AS analytics
}
UNWIND [platform IN platforms | {platform: platform, placement: 'placed'}] + CASE
  WHEN $attack_id IS NULL THEN []
  ELSE [{placement: 'unplaced'}, {placement: 'off_platform'}] END AS place
WITH *, [each IN enabled WHERE CASE place.placement
    WHEN 'placed' THEN place.platform IN each.on
    WHEN 'unplaced' THEN each.on = []
    ELSE each.on <> [] AND none(platform IN each.on WHERE platform IN platforms) END] AS here,
  CASE place.placement WHEN 'placed' THEN [each IN enabled WHERE each.on = []] ELSE [] END AS anywhere,
  [each IN analytics WHERE place.platform IN each.on] AS guides
WHERE place.platform IS NOT NULL OR here <> []
WITH *, [each IN here WHERE each.category = 'detect'] AS detecting, [each IN anywhere WHERE each.category = 'detect'] AS unplaced,
  [each IN guides WHERE each.named > 0 AND each.got = each.named] AS visible,
  CASE place.placement WHEN 'placed' THEN size(guides) + COUNT { (technique)<-[:DETECTS]-(:DataComponent) } ELSE 0 END AS guidance
WITH *, CASE
    WHEN environment.platforms_stated AND place.platform IS NOT NULL AND NOT place.platform IN runs THEN 'not_applicable'
    WHEN place.placement = 'off_platform' THEN 'off_platform'
    WHEN any(each IN detecting WHERE each.sees) THEN CASE place.placement WHEN 'placed' THEN 'covered' ELSE 'unplaced' END
    WHEN any(each IN unplaced WHERE each.sees) THEN 'unplaced'
    WHEN detecting <> [] OR unplaced <> [] THEN 'enabled_blind'
    WHEN visible <> [] THEN 'visible'
    WHEN here <> [] OR anywhere <> [] THEN 'protect_only'
    WHEN place.platform IN declared THEN 'gap'
    ELSE 'unknown' END AS state
RETURN $release AS release, environment.key AS environment, technique.attack_id AS technique_id, technique.name AS technique,
  COLLECT { MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.attack_id ORDER BY tactic.attack_id } AS tactic_ids,
  place.platform AS platform, place.placement AS placement, state,
  CASE
    WHEN state IN ['not_applicable', 'off_platform', 'unknown'] THEN null
    WHEN state = 'covered' AND any(each IN detecting WHERE each.sees AND each.proven) THEN 'L5'
    WHEN state = 'unplaced' AND any(each IN detecting + unplaced WHERE each.sees AND each.proven) THEN 'L5'
    WHEN state IN ['covered', 'unplaced'] THEN 'L4'
    WHEN state = 'enabled_blind' THEN 'L3'
    WHEN visible <> [] THEN 'L2'
    WHEN guidance > 0 THEN 'L1'
    ELSE 'L0' END AS level,
  reduce(best = null, each IN guides | CASE
    WHEN each.named = 0 OR toFloat(each.got) / each.named <= coalesce(best, -1.0) THEN best
    ELSE toFloat(each.got) / each.named END) AS visible_part,
  CASE state
    WHEN 'covered' THEN none(each IN detecting WHERE each.steady)
    WHEN 'unplaced' THEN none(each IN detecting + unplaced WHERE each.steady)
    WHEN 'visible' THEN none(each IN visible WHERE each.steady)
    ELSE false END AS partial,
  reduce(n = 0, each IN detecting | n + CASE WHEN each.sees THEN each.pieces ELSE 0 END) AS detect,
  reduce(n = 0, each IN detecting | n + CASE WHEN each.sees THEN 0 ELSE each.pieces END) AS blind,
  reduce(n = 0, each IN detecting | n + CASE WHEN each.sees AND each.proven THEN each.pieces ELSE 0 END) AS validated,
  reduce(n = 0, each IN here | n + CASE each.category WHEN 'protect' THEN each.pieces ELSE 0 END) AS protect,
  reduce(n = 0, each IN here | n + CASE each.category WHEN 'respond' THEN each.pieces ELSE 0 END) AS respond,
  reduce(n = 0, each IN here | n + CASE each.category WHEN 'mitigate' THEN each.pieces ELSE 0 END) AS mitigate,
  reduce(n = 0, each IN here | n + CASE WHEN each.migrated THEN each.pieces ELSE 0 END) AS migrated,
  guidance
ORDER BY technique_id, CASE placement WHEN 'placed' THEN 0 WHEN 'unplaced' THEN 1 ELSE 2 END, platform
