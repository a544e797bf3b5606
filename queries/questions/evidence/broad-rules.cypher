// Rules that claim many techniques
// Which rules claim so many techniques that each claim says little?
// revision 4
// :param {release: 'enterprise-attack@18.1', at_least: 5}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted AND COUNT { (rule)-[:CLAIMS]->(:AttackId) } >= $at_least
MATCH (rule)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WITH * ORDER BY technique.attack_id
WITH set, rule, collect(DISTINCT technique.attack_id) AS techniques
WHERE size(techniques) >= $at_least
RETURN $release AS release, rule.id AS evidence_id, rule.title AS title, set.key AS `set`, rule.status AS status,
  rule.level AS level, size(techniques) AS techniques, techniques AS technique_ids
ORDER BY techniques DESC, title, evidence_id, `set`
