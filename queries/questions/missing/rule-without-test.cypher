// Rules without a test
// Which rules in use has nobody made a test for?
// A test is of a rule that it comes with or whose id it names; of tests, those of sets in use count.
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND coalesce(rule.counted, true)
  AND NOT EXISTS { (rule)<-[:TESTS]-(:Test)<-[:CONTAINS]-(:EvidenceSet {current: true}) }
RETURN $release AS release, 'rule-without-test' AS kind, rule.id AS evidence_id, rule.title AS title, set.key AS `set`,
  rule.path AS path, COLLECT {
    MATCH (rule)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
    RETURN DISTINCT technique.attack_id ORDER BY technique.attack_id
  } AS techniques
ORDER BY `set`, title, evidence_id
