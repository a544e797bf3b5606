// Rules without a technique
// Which rules claim no technique at all?
// revision 3
// :param {set: null, environment: null}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE rule.counted AND NOT EXISTS { (rule)-[:CLAIMS]->(:AttackId) }
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(rule) })
RETURN 'rule-without-technique' AS kind, rule.id AS evidence_id, rule.title AS title, set.key AS `set`, rule.path AS path,
  coalesce(rule.tags, []) AS tags
ORDER BY `set`, title, evidence_id
