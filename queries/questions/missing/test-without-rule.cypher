// Tests without a rule
// Which techniques have tests on a platform where no rule in use claims to detect them?
// The cheapest place to begin: what shows whether a new rule works is there already. A test of no stated platform is
// left out, and so is a platform that the technique does not have.
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release, live: true})<-[:RESOLVES_TO]-(:AttackId)<-[:EXERCISES]-(test:Test)
  <-[:CONTAINS]-(:EvidenceSet {current: true})
UNWIND [name IN coalesce(test.runs_on, []) WHERE name IN technique.platforms] AS platform
WITH loaded, technique, platform, collect(DISTINCT test.id) AS tests
WHERE NOT EXISTS {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
  WHERE platform IN coalesce(rule.runs_on, rule.platforms, []) AND coalesce(claim.counted, true)
    AND coalesce(rule.counted, true) AND (set.sample IS NULL OR loaded.sample)
}
RETURN $release AS release, 'test-without-rule' AS kind, technique.attack_id AS attack_id, technique.name AS name,
  platform, size(tests) AS tests, COLLECT { UNWIND tests AS id RETURN id ORDER BY id LIMIT 5 } AS examples
ORDER BY tests DESC, attack_id, platform
