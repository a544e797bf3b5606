// Rules without a technique
// Which rules claim no technique at all?
// revision 1
// :param {}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE coalesce(rule.counted, true) AND NOT EXISTS { (rule)-[:CLAIMS]->(:AttackId) }
RETURN 'rule-without-technique' AS kind, rule.id AS evidence_id, rule.title AS title, set.key AS `set`, rule.path AS path,
  coalesce(rule.tags, []) AS tags
ORDER BY `set`, title, evidence_id
