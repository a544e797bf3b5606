// Platforms without evidence
// On which platforms of the release does no evidence claim to detect anything?
// In an environment: on which of those that it runs does no enabled evidence?
// revision 4
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (loaded:Release {key: $release})
OPTIONAL MATCH (environment:Environment {key: $environment})
WITH loaded, CASE WHEN environment.platforms_stated THEN COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } END AS runs
MATCH (technique:Technique {release: $release, live: true})
UNWIND CASE coalesce(technique.platforms, []) WHEN [] THEN [''] ELSE technique.platforms END AS place
WITH loaded, runs, place, count(technique) AS techniques
WHERE (runs IS NULL OR place = '' OR place IN runs) AND NOT EXISTS {
  MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(evidence:Evidence)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE (place = '' AND coalesce(technique.platforms, []) = []
      OR place IN coalesce(evidence.runs_on, evidence.platforms) AND place IN technique.platforms)
    AND (set.sample IS NULL OR loaded.sample) AND claim.counted
    AND ($set IS NULL OR $set IN [set.key, set.name])
    AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(evidence) })
}
RETURN $release AS release, 'platform-without-evidence' AS kind, CASE place WHEN '' THEN null ELSE place END AS platform, techniques
ORDER BY techniques DESC, platform
