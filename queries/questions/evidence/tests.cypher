// Tests of a technique
// Which tests make this technique happen, or try out a rule that claims it, and who made them when?
// Of tests, those of sets in use count. A test says that something can be tried out; what a run of it gave is what an
// environment states.
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
CALL (technique) {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[:EXERCISES]-(test:Test) RETURN test, null AS rule
  UNION
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(rule:Evidence)<-[:TESTS]-(test:Test)
  WHERE coalesce(rule.counted, true) AND coalesce(claim.counted, true)
    AND EXISTS { (rule)<-[:CONTAINS]-(:EvidenceSet {current: true}) }
  RETURN test, rule
}
WITH technique, test, rule
MATCH (test)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WITH technique, test, set, collect(DISTINCT rule.title) AS titles
RETURN $release AS release, technique.attack_id AS technique_id, test.id AS test_id, test.title AS title, test.kind AS kind,
  test.author AS author, test.on AS on, coalesce(test.platforms, []) AS platforms, set.key AS `set`,
  COLLECT { UNWIND titles AS title RETURN title ORDER BY title } AS rules
ORDER BY kind, title, test_id, `set`
