// Why a technique is not covered here
// What is the first missing step towards a validated detection, on each platform that the environment runs?
// The way: guidance, log source known, collected, rule exists, enabled, validated. A rule that claims the technique
// serves as guidance too. `would_close` names what to collect, enable or test. Evidence without a platform decides only
// where nothing that is placed here is enabled and sees.
// revision 1
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', attack_id: 'T1528'}
MATCH (environment:Environment {key: $environment})
WITH environment, COLLECT { MATCH (environment)-[:RUNS]->(platform:Platform) RETURN platform.name } AS runs,
  COLLECT {
    MATCH (environment)-[c:COLLECTS]->(s:LogSource) WHERE c.status IN ['collected', 'partial']
    RETURN DISTINCT s.canonical
  } AS collected,
  COLLECT { MATCH (environment)-[:COLLECTS {status: 'not_used'}]->(s:LogSource) RETURN DISTINCT s.canonical } AS not_used
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
UNWIND [platform IN coalesce(technique.platforms, []) WHERE NOT environment.platforms_stated OR platform IN runs] AS platform
CALL (technique, platform, not_used, collected) {
  OPTIONAL MATCH (technique)<-[:DETECTS]-(:DetectionStrategy)-[:HAS_ANALYTIC]->(analytic:Analytic)
  WHERE platform IN analytic.platforms
  OPTIONAL MATCH (analytic)-[:READS]->(source:LogSource)
  WHERE NOT source.canonical IN not_used
  WITH * ORDER BY source.canonical
  WITH analytic, collected, collect(DISTINCT source.canonical) AS named
  WITH analytic, named, [name IN named WHERE NOT name IN collected] AS lacking
  ORDER BY size(lacking), analytic.attack_id
  RETURN count(analytic) AS analytics, any(names IN collect(named) WHERE names <> []) AS named,
    [names IN collect(CASE named WHEN [] THEN null ELSE lacking END)][0] AS lacking
}
CALL (environment, technique, platform, collected) {
  OPTIONAL MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(:EvidenceSet {current: true})
  WHERE coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
  OPTIONAL MATCH (environment)-[placing:PLACES]->(evidence)
  WITH environment, platform, collected, evidence, head(collect(placing.platforms)) AS placed
  WITH *, CASE coalesce(evidence.platforms, []) WHEN [] THEN coalesce(placed, []) ELSE evidence.platforms END AS on
  WHERE evidence IS NOT NULL AND (on = [] OR platform IN on)
  WITH environment, evidence, EXISTS { (environment)-[:ENABLES]->(evidence) } AS enabled,
    EXISTS { MATCH (environment)-[test:VALIDATED]->(evidence) WHERE test.on IS NOT NULL AND test.state <> 'none' } AS proven,
    COLLECT { MATCH (evidence)-[:READS]->(s:LogSource) RETURN DISTINCT s.canonical ORDER BY s.canonical } AS reads, collected,
    head(COLLECT { MATCH (evidence)-[:REPORTED_BY]->(s:NativeSource) RETURN s.name }) AS source, on = [] AS anywhere
  WITH *, NOT evidence:Rule OR any(name IN reads WHERE name IN collected) AS sees
  ORDER BY anywhere, evidence.id
  RETURN collect({id: evidence.id, title: coalesce(evidence.title, source, evidence.id), enabled: enabled, proven: proven, reads: reads, sees: sees,
    placed: NOT anywhere, at_hand: sees AND (enabled OR reads <> [] OR NOT anywhere)}) AS pieces
}
WITH *, analytics > 0 OR pieces <> [] OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent) } AS guidance,
  coalesce(named, false) OR any(each IN pieces WHERE each.reads <> [] OR each.at_hand) AS log_source_known,
  coalesce(lacking = [], false) OR any(each IN pieces WHERE each.at_hand) AS collecting,
  pieces <> [] AS rule_exists, [each IN pieces WHERE each.enabled AND each.sees] AS working
WITH *, working <> [] AS enabled, any(each IN working WHERE each.placed) AS here
WITH *, [each IN working WHERE each.placed = here] AS deciding
WITH *, any(each IN deciding WHERE each.proven) AS validated
WITH *, CASE
  WHEN validated THEN null
  WHEN enabled THEN 'validated'
  WHEN any(each IN pieces WHERE each.enabled) THEN 'collected'
  WHEN NOT guidance THEN 'guidance'
  WHEN NOT log_source_known THEN 'log source known'
  WHEN NOT collecting THEN 'collected'
  WHEN NOT rule_exists THEN 'rule exists'
  ELSE 'enabled' END AS missing
RETURN $release AS release, environment.key AS environment, technique.attack_id AS technique_id, technique.name AS technique,
  platform, missing, guidance, log_source_known, collecting AS collected, rule_exists, enabled, validated,
  CASE missing
    WHEN 'validated' THEN [each IN deciding | 'test ' + each.title][..5]
    WHEN 'enabled' THEN CASE
      WHEN any(each IN pieces WHERE each.sees) THEN [each IN pieces WHERE each.sees | 'enable ' + each.title][..5]
      ELSE reduce(names = [], each IN pieces
        | names + [name IN each.reads WHERE NOT 'collect ' + name IN names | 'collect ' + name])[..5]
      END
    WHEN 'collected' THEN CASE
      WHEN any(each IN pieces WHERE each.enabled) THEN reduce(names = [], each IN pieces
        | names + CASE WHEN each.enabled THEN [name IN each.reads WHERE NOT 'collect ' + name IN names | 'collect ' + name] ELSE [] END)
      ELSE [name IN coalesce(lacking, reduce(names = [], each IN pieces | names + [n IN each.reads WHERE NOT n IN names])) | 'collect ' + name]
      END
    WHEN 'rule exists' THEN ['write or find a rule for ' + technique.attack_id + ' on ' + platform]
    WHEN 'log source known' THEN ['find out which log shows it']
    WHEN 'guidance' THEN ['look for guidance outside ATT&CK']
    ELSE CASE WHEN enabled AND NOT here THEN [each IN deciding | 'state on which platform it works: ' + each.title][..5] ELSE [] END
    END AS would_close
ORDER BY platform
