// What each log source carries
// How many rules, claimed techniques and analytics depend on each log source?
// revision 3
// :param {release: 'enterprise-attack@18.1'}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)-[:READS]->(source:LogSource)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted
WITH source.canonical AS log_source, collect(DISTINCT rule) AS rules
CALL (rules) {
  UNWIND rules AS rule
  MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE claim.counted
  RETURN count(DISTINCT technique) AS techniques
}
RETURN $release AS release, log_source, size(rules) AS rules, techniques, COUNT {
  MATCH (source:LogSource {canonical: log_source})<-[:READS {release: $release}]-(analytic:Analytic)
  RETURN DISTINCT analytic
} AS analytics
ORDER BY rules DESC, log_source
