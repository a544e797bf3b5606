// Techniques without a test
// Which active techniques does no test make happen?
// Of tests, those of sets in use count. `detail` says how many rules that claim the technique have a test of their own.
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
WHERE NOT EXISTS {
  (technique)<-[:RESOLVES_TO]-(:AttackId)<-[:EXERCISES]-(:Test)<-[:CONTAINS]-(:EvidenceSet {current: true})
}
WITH technique, COUNT {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[:CLAIMS]-(rule:Rule)<-[:CONTAINS]-(:EvidenceSet {current: true})
  WHERE coalesce(rule.counted, true)
    AND EXISTS { (rule)<-[:TESTS]-(:Test)<-[:CONTAINS]-(:EvidenceSet {current: true}) }
  RETURN DISTINCT rule
} AS tested
RETURN $release AS release, 'technique-without-test' AS kind, technique.attack_id AS attack_id, technique.name AS name,
  CASE tested WHEN 0 THEN '' WHEN 1 THEN '1 rule has a test' ELSE tested + ' rules have a test' END AS detail
ORDER BY attack_id, name, detail
