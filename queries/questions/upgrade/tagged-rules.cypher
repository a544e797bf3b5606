// Rules with tactics
// Which rules in use name tactics, and which techniques do they claim?
// revision 1
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted AND rule.tactics <> []
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(rule) })
RETURN set.key AS `set`, set.kind AS kind, rule.id AS evidence_id, rule.title AS title, rule.path AS path,
  rule.line AS line, rule.sha256 AS sha256, rule.tactics AS tactics, coalesce(rule.tags, []) AS tags,
  COLLECT { MATCH (rule)-[:CLAIMS]->(id:AttackId) RETURN DISTINCT id.id AS id ORDER BY id } AS technique_ids
ORDER BY `set`, path, line, evidence_id, rule.key
