// What each declared log source carries here
// How many enabled rules, covered and visible techniques depend on each log source of the environment?
// How many would be lost if it stopped: rules_alone read no other collected log source, and visible_alone
// techniques have no analytic whose log sources are all collected but this one.
// Of the statuses of its spellings the best holds: collected, partial, planned, not_used.
// A rule that several sets in use hold counts once. Of some techniques: the rules that claim one, the analytics for one.
// revision 7
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', techniques: null}
MATCH (loaded:Release {key: $release})
MATCH (environment:Environment {key: $environment})-[collecting:COLLECTS]->(source:LogSource)
WITH loaded, environment, source.canonical AS log_source, collect(collecting.status) AS statuses, true IN collect(collecting.sees) AS sees
WITH loaded, environment, log_source, sees,
  head([status IN ['collected', 'partial', 'planned', 'not_used'] WHERE status IN statuses]) AS status
WITH loaded, environment, collect({name: log_source, status: status, sees: sees}) AS declared
WITH loaded, environment, declared, [each IN declared WHERE each.sees | each.name] AS collected,
  [each IN declared WHERE each.status = 'not_used' | each.name] AS not_used,
  COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } AS runs
CALL (environment, collected, not_used, runs) {
  MATCH (technique:Technique {release: $release, live: true})<-[:DETECTS]-(:DetectionStrategy {release: $release, live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  WHERE ($techniques IS NULL OR technique.attack_id IN $techniques)
    AND (coalesce(technique.platforms, []) = [] OR any(platform IN analytic.platforms WHERE platform IN technique.platforms
      AND (NOT coalesce(environment.platforms_stated, false) OR platform IN runs)))
  WITH technique, collected, COLLECT {
      MATCH (analytic)-[:READS]->(needed:LogSource) WHERE NOT needed.canonical IN not_used
      RETURN DISTINCT needed.canonical
    } AS needs
  WHERE needs <> [] AND all(name IN needs WHERE name IN collected)
  WITH technique, collect(needs) AS ways
  RETURN collect(ways) AS visible
}
UNWIND declared AS each
CALL (loaded, environment, each, collected) {
  OPTIONAL MATCH (environment)-[:ENABLES]->(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
  WHERE rule.counted AND (set.sample IS NULL OR loaded.sample)
    AND ($techniques IS NULL OR EXISTS {
      MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
      WHERE claim.counted AND technique.attack_id IN $techniques
    })
    AND (each.name IN coalesce(rule.logsources, []) OR EXISTS { (rule)-[:READS]->(:LogSource {canonical: each.name}) })
  WITH DISTINCT rule, each, collected
  OPTIONAL MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE claim.counted AND ($techniques IS NULL OR technique.attack_id IN $techniques)
  WITH rule, technique, rule IS NOT NULL AND none(name IN coalesce(rule.logsources, []) WHERE name <> each.name AND name IN collected)
    AND NOT EXISTS { MATCH (rule)-[read:READS]->(s:LogSource) WHERE s.canonical <> each.name AND s.canonical IN collected
      AND all(name IN coalesce(read.needs, []) WHERE name <> each.name AND name IN collected) } AS alone
  RETURN count(DISTINCT coalesce(rule.identity, rule.key)) AS rules,
    count(DISTINCT CASE WHEN alone THEN coalesce(rule.identity, rule.key) END) AS rules_alone,
    count(DISTINCT technique) AS techniques
}
RETURN $release AS release, environment.key AS environment, each.name AS log_source, each.status AS status, rules,
  rules_alone, techniques, COUNT {
    MATCH (source:LogSource {canonical: each.name})<-[:READS {release: $release}]-(analytic:Analytic {live: true})
    WHERE $techniques IS NULL OR EXISTS {
      MATCH (analytic)<-[:HAS_ANALYTIC]-(:DetectionStrategy {live: true})-[:DETECTS]->(technique:Technique)
      WHERE technique.attack_id IN $techniques
    }
    RETURN DISTINCT analytic
  } AS analytics,
  size([ways IN visible WHERE any(way IN ways WHERE each.name IN way)]) AS visible,
  size([ways IN visible WHERE all(way IN ways WHERE each.name IN way)]) AS visible_alone
ORDER BY rules DESC, analytics DESC, log_source
