// Platforms without evidence
// On which platforms of the release does no evidence claim to detect anything?
// revision 3
// :param {release: 'enterprise-attack@18.1'}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release, live: true})
UNWIND CASE coalesce(technique.platforms, []) WHEN [] THEN [''] ELSE technique.platforms END AS place
WITH loaded, place, count(technique) AS techniques
WHERE NOT EXISTS {
  MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(evidence:Evidence)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE (place = '' AND coalesce(technique.platforms, []) = []
      OR place IN coalesce(evidence.runs_on, evidence.platforms) AND place IN technique.platforms)
    AND (set.sample IS NULL OR loaded.sample) AND claim.counted
}
RETURN $release AS release, 'platform-without-evidence' AS kind, CASE place WHEN '' THEN null ELSE place END AS platform, techniques
ORDER BY techniques DESC, platform
