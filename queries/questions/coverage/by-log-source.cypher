// What each log source carries
// How many rules, claimed techniques and analytics depend on each log source that a rule or an analytic reads?
// A rule that several sets in use hold counts once.
// revision 5
// :param {release: 'enterprise-attack@18.1', set: null}
CALL () {
  MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)-[:READS]->(source:LogSource)
  WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted
  AND ($set IS NULL OR $set IN [set.key, set.name])
  RETURN source.canonical AS log_source, rule, null AS analytic
  UNION ALL
  MATCH (analytic:Analytic {release: $release})-[:READS]->(source:LogSource)
  WHERE analytic.live
  RETURN source.canonical AS log_source, null AS rule, analytic
}
WITH log_source, collect(DISTINCT rule) AS rules, count(DISTINCT coalesce(rule.identity, rule.key)) AS distinct_rules,
  count(DISTINCT analytic) AS analytics
CALL (rules) {
  UNWIND rules AS rule
  MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE claim.counted
  RETURN count(DISTINCT technique) AS techniques
}
RETURN $release AS release, log_source, distinct_rules AS rules, techniques, analytics
ORDER BY rules DESC, log_source
