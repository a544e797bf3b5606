// Technique and platform pairs without an analytic
// On which of its platforms has a technique no analytic?
// Asked of releases that have analytics at all (18 and later).
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
WHERE EXISTS { (:Analytic {release: $release}) }
UNWIND technique.platforms AS platform
WITH technique, platform
WHERE NOT EXISTS {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  WHERE platform IN analytic.platforms
}
RETURN $release AS release, 'technique-platform-without-analytic' AS kind, technique.attack_id AS attack_id,
  technique.name AS name, platform AS detail
ORDER BY attack_id, detail, name
