// Techniques that nothing claims to detect
// Which active techniques does no evidence in use claim to detect? In an environment: which of those with a platform
// that it runs does no enabled evidence claim? `detail` has the platforms.
// revision 1
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (loaded:Release {key: $release})
OPTIONAL MATCH (environment:Environment {key: $environment})
WITH loaded, CASE WHEN environment.platforms_stated THEN COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } END AS runs
MATCH (technique:Technique {release: $release, live: true})
WITH loaded, runs, technique, coalesce(technique.platforms, []) AS platforms
WHERE (runs IS NULL OR platforms = [] OR any(platform IN platforms WHERE platform IN runs)) AND NOT EXISTS {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
  WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
    AND ($set IS NULL OR $set IN [set.key, set.name])
    AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(evidence) })
}
RETURN $release AS release, 'technique-unclaimed' AS kind, technique.attack_id AS attack_id, technique.name AS name,
  reduce(text = '', platform IN platforms | text + CASE text WHEN '' THEN '' ELSE ', ' END + platform) AS detail
ORDER BY attack_id, name, detail
