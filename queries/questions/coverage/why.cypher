// Why a technique is not covered here
// What is the first thing missing on the way to a proven detection, on each platform that the environment runs?
// The way: guidance, log source known, collected, rule exists, enabled, validated; `missing` is the first step that is
// not there. A rule that claims the technique serves as guidance too. `would_close` lists every way to take that step, the
// cheapest first. Evidence without a platform counts only while it sees, and decides only where nothing that is placed
// here is enabled and sees. Where ATT&CK states no platform there is one row, without a platform.
// revision 4
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', attack_id: 'T1528'}
MATCH (loaded:Release {key: $release})
MATCH (environment:Environment {key: $environment})
WITH loaded, environment, coalesce(loaded.names_elsewhere, []) AS elsewhere,
  COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } AS runs,
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
  } AS not_used
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
UNWIND CASE coalesce(technique.platforms, []) WHEN [] THEN ['']
  ELSE [platform IN technique.platforms WHERE NOT environment.platforms_stated OR platform IN runs] END AS place
CALL (technique, place, not_used, collected) {
  OPTIONAL MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  WHERE place = '' OR place IN analytic.platforms
  OPTIONAL MATCH (analytic)-[:READS]->(source:LogSource)
  WHERE NOT source.canonical IN not_used
  WITH * ORDER BY source.canonical
  WITH analytic, collected, collect(DISTINCT source.canonical) AS named
  WITH analytic, named, [name IN named WHERE NOT name IN collected] AS lacking
  ORDER BY size(lacking), analytic.attack_id
  RETURN count(analytic) AS analytics, any(names IN collect(named) WHERE names <> []) AS named,
    [names IN collect(CASE named WHEN [] THEN null ELSE lacking END)][0] AS lacking
}
CALL (loaded, environment, technique, place, elsewhere, collected) {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
  WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
  WITH DISTINCT environment, place, elsewhere, collected, evidence,
    head(COLLECT { MATCH (environment)-[placing:PLACES]->(evidence) RETURN placing.platforms }) AS placing
  WITH *, [name IN coalesce(evidence.runs_on, evidence.platforms, placing, []) WHERE NOT name IN elsewhere] AS on
  WITH *, place = '' OR place IN on AS placed
  WHERE placed OR on = []
  WITH evidence, placed, EXISTS { (environment)-[:ENABLES]->(evidence) } AS enabled,
    EXISTS { MATCH (environment)-[test:VALIDATED]->(evidence) WHERE test.on IS NOT NULL AND test.state <> 'none' } AS proven,
    COLLECT { MATCH (evidence)-[:READS]->(s:LogSource) RETURN DISTINCT s.canonical ORDER BY s.canonical } AS reads, collected,
    COLLECT {
      MATCH (evidence)-[read:READS]->(s:LogSource)
      WITH COLLECT {
        UNWIND [s.canonical] + coalesce(read.needs, []) AS name
        WITH name WHERE NOT name IN collected
        RETURN DISTINCT name ORDER BY name
      } AS needed
      RETURN DISTINCT reduce(text = '', name IN needed | text + CASE text WHEN '' THEN '' ELSE ' and ' END + name) AS way ORDER BY way
    } AS ways,
    head(COLLECT { MATCH (evidence)-[:REPORTED_BY]->(s:NativeSource) RETURN s.name }) AS source
  WITH *, NOT evidence:Rule OR any(name IN coalesce(evidence.logsources, []) WHERE name IN collected)
    OR EXISTS { MATCH (evidence)-[read:READS]->(s:LogSource)
      WHERE s.canonical IN collected AND all(name IN coalesce(read.needs, []) WHERE name IN collected) } AS sees
  WHERE placed OR sees
  WITH * ORDER BY placed DESC, evidence.id
  RETURN collect({title: coalesce(evidence.title, source, evidence.id), enabled: enabled, proven: proven, reads: reads, ways: ways, sees: sees,
    placed: placed, at_hand: sees AND (enabled OR placed OR reads <> [])}) AS pieces
}
WITH *, analytics > 0 OR pieces <> [] OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent {live: true}) } AS guidance,
  coalesce(named, false) OR any(each IN pieces WHERE each.reads <> [] OR each.at_hand) AS log_source_known,
  coalesce(lacking = [], false) OR any(each IN pieces WHERE each.at_hand) AS collecting,
  pieces <> [] AS rule_exists, [each IN pieces WHERE each.enabled AND each.sees] AS working
WITH *, working <> [] AS enabled, any(each IN working WHERE each.placed) AS here
WITH *, [each IN working WHERE each.placed = here] AS deciding
WITH *, any(each IN deciding WHERE each.proven) AS validated
WITH *, CASE
    WHEN NOT guidance THEN 'guidance'
    WHEN NOT log_source_known THEN 'log source known'
    WHEN NOT collecting THEN 'collected'
    WHEN NOT rule_exists THEN 'rule exists'
    WHEN NOT enabled THEN 'enabled'
    WHEN NOT validated THEN 'validated' END AS missing,
  reduce(names = [], each IN pieces | names + CASE WHEN each.enabled AND NOT each.sees
    THEN [name IN each.ways WHERE NOT name IN names] ELSE [] END) AS unblinding
WITH *, reduce(names = [], each IN pieces | names + CASE WHEN NOT each.enabled AND NOT each.sees
    THEN [name IN each.ways WHERE NOT name IN names AND NOT name IN unblinding] ELSE [] END) AS useful
WITH *, [name IN unblinding | 'collect ' + name] + [name IN useful | 'collect ' + name + ' and enable a rule that reads it'] AS collectable
RETURN $release AS release, environment.key AS environment, technique.attack_id AS technique_id, technique.name AS technique,
  CASE place WHEN '' THEN null ELSE place END AS platform, missing, guidance, log_source_known, collecting AS collected,
  rule_exists, enabled, validated,
  CASE missing
    WHEN 'validated' THEN [each IN deciding | 'test ' + each.title]
    WHEN 'enabled' THEN [each IN pieces WHERE each.sees | 'enable ' + each.title] + collectable
    WHEN 'rule exists' THEN ['write or find a rule for ' + technique.attack_id + CASE place WHEN '' THEN '' ELSE ' on ' + place END]
    WHEN 'collected' THEN collectable + CASE coalesce(lacking, []) WHEN [] THEN []
      ELSE [reduce(text = 'collect', name IN lacking | text + CASE text WHEN 'collect' THEN ' ' ELSE ' and ' END + name)] END
    WHEN 'log source known' THEN ['find out which log shows it']
    WHEN 'guidance' THEN ['look for guidance outside ATT&CK']
    ELSE CASE WHEN here THEN [] ELSE [each IN deciding | 'state on which platform it works: ' + each.title] END
    END AS would_close
ORDER BY platform
