// What each declared log source carries here
// How many enabled rules and covered techniques depend on each log source of the environment, and how many on it alone?
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc'}
MATCH (environment:Environment {key: $environment})-[collecting:COLLECTS]->(source:LogSource)
WITH environment, source.canonical AS log_source, min(collecting.status) AS status
WITH environment, collect({name: log_source, status: status}) AS declared
WITH environment, declared, [each IN declared WHERE each.status IN ['collected', 'partial'] | each.name] AS collected
UNWIND declared AS each
CALL (environment, each, collected) {
  OPTIONAL MATCH (:LogSource {canonical: each.name})<-[:READS]-(rule:Rule)<-[:ENABLES]-(environment)
  WHERE coalesce(rule.counted, true) AND EXISTS { (rule)<-[:CONTAINS]-(:EvidenceSet {current: true}) }
  WITH DISTINCT rule, each, collected
  OPTIONAL MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE coalesce(claim.counted, true)
  WITH rule, technique, rule IS NOT NULL AND none(name IN COLLECT { MATCH (rule)-[:READS]->(s:LogSource) RETURN DISTINCT s.canonical }
    WHERE name <> each.name AND name IN collected) AS alone
  RETURN count(DISTINCT rule) AS rules, count(DISTINCT CASE WHEN alone THEN rule END) AS rules_alone,
    count(DISTINCT technique) AS techniques
}
RETURN $release AS release, environment.key AS environment, each.name AS log_source, each.status AS status, rules,
  rules_alone, techniques, COUNT {
    MATCH (source:LogSource {canonical: each.name})<-[:READS {release: $release}]-(analytic:Analytic)
    RETURN DISTINCT analytic
  } AS analytics
ORDER BY rules DESC, analytics DESC, log_source
