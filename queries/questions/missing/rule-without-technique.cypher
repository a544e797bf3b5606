// Rules without a technique
// Which rules claim no technique at all?
// revision 2
// :param {}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE rule.counted AND NOT EXISTS { (rule)-[:CLAIMS]->(:AttackId) }
RETURN 'rule-without-technique' AS kind, rule.id AS evidence_id, rule.title AS title, set.key AS `set`, rule.path AS path,
  coalesce(rule.tags, []) AS tags
ORDER BY `set`, title, evidence_id
