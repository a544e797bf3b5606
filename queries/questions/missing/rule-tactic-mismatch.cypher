// Rules with a tactic that none of their techniques achieves
// Which rules carry a tactic tag that does not fit their technique tags in this release?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND coalesce(rule.counted, true) AND rule.tactics <> []
WITH * ORDER BY technique.attack_id
WITH set, rule, collect(DISTINCT technique) AS techniques
WITH set, rule, techniques, COLLECT {
  UNWIND techniques AS technique
  MATCH (technique)-[:ACHIEVES]->(tactic:Tactic)
  RETURN DISTINCT tactic.shortname
} AS achieved
WITH *, [tactic IN rule.tactics WHERE NOT tactic IN achieved] AS mismatched
WHERE mismatched <> []
RETURN $release AS release, 'rule-tactic-mismatch' AS kind, rule.id AS evidence_id, rule.title AS title,
  set.key AS `set`, rule.path AS path, mismatched AS tactics, [technique IN techniques | technique.attack_id] AS techniques
ORDER BY `set`, title, evidence_id
