// Platforms without evidence
// On which platforms of the release does no evidence claim to detect anything?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
UNWIND technique.platforms AS platform
WITH platform, count(technique) AS techniques
WHERE NOT EXISTS {
  MATCH (:EvidenceSet {current: true})-[:CONTAINS]->(evidence:Evidence)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
  WHERE platform IN evidence.platforms AND platform IN technique.platforms
    AND coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
}
RETURN $release AS release, 'platform-without-evidence' AS kind, platform, techniques
ORDER BY techniques DESC, platform
