// Log sources that rules read
// Which log sources do the rules in use read, as the rules state them, and how many techniques do those rules claim?
// A rule that several sets in use hold counts once.
// revision 1
// :param {release: 'enterprise-attack@18.1', set: null}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted
  AND ($set IS NULL OR $set IN [set.key, set.name])
UNWIND rule.logsources AS log_source
WITH log_source, set, rule ORDER BY set.name
WITH log_source, collect(DISTINCT rule) AS rules, collect(DISTINCT set.name) AS sets, count(DISTINCT coalesce(rule.identity, rule.key)) AS distinct_rules
CALL (rules) {
  UNWIND rules AS rule
  MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE claim.counted
  RETURN count(DISTINCT technique) AS techniques
}
RETURN $release AS release, log_source, distinct_rules AS rules, techniques, sets
ORDER BY rules DESC, log_source
