// What each log source carries
// How many rules, claimed techniques and analytics depend on each log source that a rule or an analytic reads?
// A rule that several sets in use hold counts once.
// revision 6
// :param {release: 'enterprise-attack@18.1', set: null, techniques: null}
CALL () {
  MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)-[:READS]->(source:LogSource)
  WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted
    AND ($set IS NULL OR $set IN [set.key, set.name])
    AND ($techniques IS NULL OR EXISTS {
      MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
      WHERE claim.counted AND technique.attack_id IN $techniques
    })
  RETURN source.canonical AS log_source, rule, null AS analytic
  UNION ALL
  MATCH (analytic:Analytic {release: $release})-[:READS]->(source:LogSource)
  WHERE analytic.live AND ($techniques IS NULL OR EXISTS {
    MATCH (analytic)<-[:HAS_ANALYTIC]-(:DetectionStrategy {live: true})-[:DETECTS]->(technique:Technique)
    WHERE technique.attack_id IN $techniques
  })
  RETURN source.canonical AS log_source, null AS rule, analytic
}
WITH log_source, collect(DISTINCT rule) AS rules, count(DISTINCT coalesce(rule.identity, rule.key)) AS distinct_rules,
  count(DISTINCT analytic) AS analytics
CALL (rules) {
  UNWIND rules AS rule
  MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE claim.counted AND ($techniques IS NULL OR technique.attack_id IN $techniques)
  RETURN count(DISTINCT technique) AS techniques
}
RETURN $release AS release, log_source, distinct_rules AS rules, techniques, analytics
ORDER BY rules DESC, log_source
