// Coverage in an environment
// What detects each technique here, on each platform that the environment runs, and how far is it proven?
// L5 L4 and validated, L4 an enabled rule or finding with a collected log source, L3 enabled rules that see nothing, L2 every
// log source of an analytic is collected, L1 guidance only, L0 nothing. `attack_id` narrows it to one technique and
// adds enabled evidence without a platform of the technique's; null is all techniques. Where ATT&CK states no platform
// there is one row (unstated), and all enabled evidence counts in it. Of the statuses of a log source's names the best holds.
// revision 6
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', attack_id: 'T1528', set: null}
MATCH (loaded:Release {key: $release})
MATCH (environment:Environment {key: $environment})
WITH loaded, environment, coalesce(loaded.names_elsewhere, []) AS elsewhere,
  COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } AS runs,
  COLLECT { MATCH (environment)-[c:COLLECTS {status: 'collected'}]->(s:LogSource) RETURN DISTINCT s.canonical } AS full,
  COLLECT {
    MATCH (environment)-[:COLLECTS {sees: true}]->(s:LogSource)
    RETURN DISTINCT s.canonical
  } AS collected,
  COLLECT {
    MATCH (environment)-[:COLLECTS {status: 'not_used'}]->(s:LogSource)
    WHERE NOT EXISTS {
      MATCH (environment)-[other:COLLECTS]->(:LogSource {canonical: s.canonical}) WHERE other.status <> 'not_used'
    }
    RETURN DISTINCT s.canonical
  } AS not_used,
  COLLECT {
    MATCH (environment)-[:COLLECTS]->(declared:LogSource)
    MATCH (source:LogSource {canonical: declared.canonical})<-[:READS {release: $release}]-(analytic:Analytic)
    UNWIND CASE coalesce(analytic.platforms, []) WHEN [] THEN [''] ELSE analytic.platforms END AS platform
    RETURN DISTINCT platform
  } AS declared
MATCH (technique:Technique {release: $release, live: true})
WHERE $attack_id IS NULL OR EXISTS { (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique) }
CALL (loaded, environment, technique, elsewhere, collected, full) {
  MATCH (technique)<-[way:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:ENABLES]-(environment)
  WHERE claim.counted AND claim.category IS NOT NULL
    AND EXISTS {
      MATCH (evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
      WHERE (set.sample IS NULL OR loaded.sample) AND ($set IS NULL OR $set IN [set.key, set.name])
    }
  OPTIONAL MATCH (environment)-[placing:PLACES]->(evidence)
  WITH environment, evidence, claim.category AS category, min(size(way.hops)) > 1 AS migrated, elsewhere, collected, full,
    head(collect(placing.platforms)) AS placed
  WITH *, coalesce(evidence.identity, evidence.key) AS identity,
    [name IN coalesce(evidence.runs_on, evidence.platforms, placed, []) WHERE NOT name IN elsewhere] AS on
  WITH identity, on, {
    category: category, migrated: migrated, pieces: coalesce(evidence.count, 1),
    on: on,
    sees: NOT evidence:Rule OR any(name IN coalesce(evidence.logsources, []) WHERE name IN collected)
      OR EXISTS { MATCH (evidence)-[read:READS]->(s:LogSource)
        WHERE s.canonical IN collected AND all(name IN coalesce(read.needs, []) WHERE name IN collected) },
    steady: NOT evidence:Rule OR any(name IN coalesce(evidence.logsources, []) WHERE name IN full)
      OR EXISTS { MATCH (evidence)-[read:READS]->(s:LogSource)
        WHERE s.canonical IN full AND all(name IN coalesce(read.needs, []) WHERE name IN full) },
    proven: EXISTS { MATCH (environment)-[test:VALIDATED]->(evidence) WHERE test.on IS NOT NULL AND test.state <> 'none' }
  } AS piece
  ORDER BY piece.sees DESC, piece.proven DESC, piece.steady DESC
  WITH identity, on, piece.category AS category, head(collect(piece)) AS piece
  RETURN collect(piece) AS enabled
}
CALL (technique, not_used, collected, full) {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  OPTIONAL MATCH (analytic)-[:READS]->(source:LogSource)
  WHERE NOT source.canonical IN not_used
  WITH analytic, collected, full, collect(DISTINCT source.canonical) AS named
  RETURN collect({
    on: coalesce(analytic.platforms, []), named: size(named), got: size([name IN named WHERE name IN collected]),
    steady: all(name IN named WHERE name IN full)
  }) AS analytics
}
UNWIND CASE coalesce(technique.platforms, [])
    WHEN [] THEN [{placement: 'unstated', stands: true}]
    ELSE [platform IN technique.platforms | {platform: platform, placement: 'placed', stands: true}]
  END + CASE
    WHEN $attack_id IS NULL OR coalesce(technique.platforms, []) = [] THEN []
    ELSE [{placement: 'unplaced', stands: false}, {placement: 'off_platform', stands: false}]
  END AS place
WITH *, [each IN enabled WHERE CASE place.placement
    WHEN 'placed' THEN place.platform IN each.on
    WHEN 'unplaced' THEN each.on = []
    WHEN 'off_platform' THEN each.on <> [] AND none(platform IN each.on WHERE platform IN technique.platforms)
    ELSE true END] AS here,
  CASE place.placement WHEN 'placed' THEN [each IN enabled WHERE each.on = []] ELSE [] END AS anywhere,
  CASE place.placement
    WHEN 'placed' THEN [each IN analytics WHERE place.platform IN each.on]
    WHEN 'unstated' THEN analytics
    ELSE [] END AS guides
WHERE place.stands OR any(each IN here WHERE each.category = 'detect' OR place.placement = 'unplaced')
WITH *, [each IN here WHERE each.category = 'detect'] AS detecting,
  [each IN anywhere WHERE each.category = 'detect' AND each.sees] AS unplaced,
  [each IN guides WHERE each.named > 0 AND each.got = each.named] AS visible,
  CASE WHEN place.stands THEN size(guides) + COUNT { (technique)<-[:DETECTS]-(:DataComponent {live: true}) } ELSE 0 END AS guidance
WITH *, CASE
    WHEN environment.platforms_stated AND place.platform IS NOT NULL AND NOT place.platform IN runs THEN 'not_applicable'
    WHEN place.placement = 'off_platform' THEN 'off_platform'
    WHEN any(each IN detecting WHERE each.sees) THEN CASE place.placement WHEN 'unplaced' THEN 'unplaced' ELSE 'covered' END
    WHEN unplaced <> [] THEN 'unplaced'
    WHEN detecting <> [] THEN 'enabled_blind'
    WHEN visible <> [] THEN 'visible'
    WHEN any(each IN here + anywhere WHERE each.category <> 'detect') THEN 'protect_only'
    WHEN coalesce(place.platform, '') IN declared THEN 'gap'
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
ORDER BY technique_id, CASE placement WHEN 'unplaced' THEN 1 WHEN 'off_platform' THEN 2 ELSE 0 END, platform
