// Rules whose log source ATT&CK does not name
// Which rules read a log source that no analytic and no component of the release knows?
// A rule that reads several is in the row of each, where the release knows none of them. Asked of releases that name log
// sources at all (18 and later).
// revision 6
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(rule) })
  AND EXISTS { (:Analytic|DataComponent {release: $release})-[:READS|RECORDED_IN]->(:LogSource) }
OPTIONAL MATCH (rule)-[:READS]->(source:LogSource)
WITH source, collect({rule: rule, set: set.key}) AS readers
WITH readers, EXISTS {
  MATCH (source)<-[known:READS|RECORDED_IN]-(:AttackObject)
  WHERE known.release = $release
} AS known
UNWIND readers AS reader
WITH reader.rule AS rule, reader.set AS set, max(toInteger(known)) AS known
WHERE known = 0
UNWIND CASE coalesce(rule.logsources, []) WHEN [] THEN [rule.logsource] ELSE rule.logsources END AS log_source
WITH * ORDER BY rule.id
RETURN $release AS release, 'rule-without-attack-log-source' AS kind, log_source, set AS `set`,
  count(rule) AS rules, collect(rule.id)[..5] AS examples
ORDER BY rules DESC, log_source, `set`
