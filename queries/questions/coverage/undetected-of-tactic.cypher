// Techniques of a tactic that nobody claims to detect
// Which techniques of this tactic have no detection claim at all, and who uses them?
// The tactic by its short name.
// revision 4
// :param {release: 'enterprise-attack@18.1', tactic: 'credential-access'}
MATCH (loaded:Release {key: $release})
MATCH (tactic:Tactic {release: $release, live: true, shortname: $tactic})<-[:ACHIEVES]-(technique:Technique {live: true})
WHERE NOT EXISTS {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
  WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
}
RETURN $release AS release, tactic.shortname AS tactic, technique.attack_id AS technique_id, technique.name AS technique,
  coalesce(technique.platforms, []) AS platforms,
  COUNT { MATCH (user:Group|Campaign|Software {live: true})-[:USES]->(technique) RETURN DISTINCT user } AS users,
  COUNT {
    MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(each:Analytic {live: true})
    RETURN DISTINCT each
  } AS analytics
ORDER BY users DESC, technique_id
