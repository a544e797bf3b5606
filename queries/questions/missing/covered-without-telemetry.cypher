// Enabled rules without a collected log source
// Which enabled rules claim a technique while none of the log sources that they read is collected?
// Of log sources that a rule needs together, all must be collected.
// revision 5
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', set: null}
MATCH (loaded:Release {key: $release})
MATCH (environment:Environment {key: $environment})-[:ENABLES]->(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR loaded.sample)
  AND ($set IS NULL OR $set IN [set.key, set.name])
WITH environment, rule, set, COLLECT {
  MATCH (environment)-[:COLLECTS {sees: true}]->(source:LogSource)
  RETURN DISTINCT source.canonical
} AS collected
WHERE none(name IN coalesce(rule.logsources, []) WHERE name IN collected)
  AND NOT EXISTS { MATCH (rule)-[read:READS]->(source:LogSource)
    WHERE source.canonical IN collected AND all(name IN coalesce(read.needs, []) WHERE name IN collected) }
MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WHERE claim.counted
RETURN $release AS release, environment.key AS environment, 'covered-without-telemetry' AS kind,
  technique.attack_id AS attack_id, technique.name AS name, rule.id AS evidence_id, rule.title AS title,
  set.key AS `set`, COLLECT { MATCH (rule)-[:READS]->(source:LogSource) RETURN DISTINCT source.canonical ORDER BY source.canonical } AS needs
ORDER BY attack_id, title, evidence_id
