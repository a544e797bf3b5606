// Rules related to a rule
// Which rules does its author name as similar, obsolete, merged, renamed or derived?
// revision 2
// :param {id: '9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a'}
MATCH (rule:Rule {id: $id})-[link:RELATES_TO]-(other:Rule)
RETURN rule.key AS key, CASE WHEN startNode(link) = rule THEN 'out' ELSE 'in' END AS direction, link.type AS relation,
  other.id AS evidence_id, other.title AS title, other.set AS `set`, other.status AS status
ORDER BY key, relation, title, evidence_id, `set`, direction
