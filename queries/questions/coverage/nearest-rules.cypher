// Nearest rules for a technique of an environment
// Which loaded rules would detect this technique here if they were switched on, and which come nearest?
// `near`: claims (the rule claims the technique), family (it claims the parent, a sub-technique or a sibling), log (it
// reads a collected log that an analytic of the technique reads, and claims a technique of the same tactic). Rules of
// family and log see here: a log source that the rule reads is collected, with what it needs besides.
// revision 1
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', attack_id: 'T1528', set: null, limit: 5}
MATCH (loaded:Release {key: $release})
MATCH (environment:Environment {key: $environment})
WITH loaded, environment, coalesce(loaded.names_elsewhere, []) AS elsewhere,
  COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } AS runs,
  COLLECT {
    MATCH (environment)-[:COLLECTS {sees: true}]->(source:LogSource)
    RETURN DISTINCT source.canonical
  } AS collected
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
CALL (technique, collected) {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(rule:Rule)
  WHERE claim.counted
  RETURN rule, 1 AS near
  UNION ALL
  MATCH (technique)-[:SUBTECHNIQUE_OF]-(kin:Technique {live: true})
  OPTIONAL MATCH (kin)<-[:SUBTECHNIQUE_OF]-(sibling:Technique {live: true})
  WHERE (technique)-[:SUBTECHNIQUE_OF]->(kin) AND sibling <> technique
  UNWIND [kin] + CASE WHEN sibling IS NULL THEN [] ELSE [sibling] END AS of_family
  WITH DISTINCT of_family
  MATCH (of_family)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(rule:Rule)
  WHERE claim.counted
  RETURN rule, 2 AS near
  UNION ALL
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:READS]->(shows:LogSource)
  WHERE shows.canonical IN collected
  WITH DISTINCT shows.canonical AS log
  MATCH (:LogSource {canonical: log})<-[:READS]-(rule:Rule)
  WHERE rule.counted AND EXISTS {
    MATCH (rule)-[:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(:Technique)-[:ACHIEVES]->(tactic:Tactic)
    WHERE (technique)-[:ACHIEVES]->(tactic)
  }
  RETURN DISTINCT rule, 3 AS near
}
WITH loaded, environment, technique, elsewhere, runs, collected, rule, min(near) AS near
MATCH (rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR loaded.sample) AND ($set IS NULL OR $set IN [set.key, set.name])
WITH *, [name IN coalesce(rule.runs_on, rule.platforms, []) WHERE NOT name IN elsewhere] AS on,
  COLLECT { MATCH (rule)-[:READS]->(source:LogSource) RETURN DISTINCT source.canonical ORDER BY source.canonical } AS log_sources,
  EXISTS { (environment)-[:ENABLES]->(rule) } AS enabled,
  any(name IN coalesce(rule.logsources, []) WHERE name IN collected)
    OR EXISTS { MATCH (rule)-[read:READS]->(source:LogSource)
      WHERE source.canonical IN collected AND all(name IN coalesce(read.needs, []) WHERE name IN collected) } AS sees
WITH *, on = [] OR any(name IN on WHERE name IN coalesce(technique.platforms, on)
  AND (NOT environment.platforms_stated OR name IN runs)) AS fits
WHERE CASE near WHEN 1 THEN fits AND NOT (enabled AND sees) ELSE sees AND fits END
WITH *, CASE WHEN log_sources = [] THEN coalesce(rule.logsources, []) ELSE log_sources END AS reads
RETURN $release AS release, environment.key AS environment, technique.attack_id AS technique_id,
  ['claims', 'family', 'log'][near - 1] AS near, sees, enabled, rule.id AS evidence_id, rule.title AS title, set.key AS `set`,
  rule.status AS status, rule.level AS level, reads AS log_sources,
  [name IN reads WHERE name IN collected] AS collected
ORDER BY CASE near WHEN 'claims' THEN CASE WHEN sees THEN 0 ELSE 1 END WHEN 'family' THEN 2 ELSE 3 END,
  CASE status WHEN 'stable' THEN 0 WHEN 'test' THEN 1 WHEN 'production' THEN 0 ELSE 2 END,
  CASE level WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3 ELSE 4 END,
  title, evidence_id, `set`
LIMIT $limit
