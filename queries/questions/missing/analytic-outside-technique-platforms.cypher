// Analytics for a platform that the technique does not have
// Which analytics name a platform that their technique lacks?
// revision 3
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})<-[:DETECTS]-(strategy:DetectionStrategy {release: $release, live: true})
MATCH (strategy)-[:HAS_ANALYTIC]->(analytic:Analytic {release: $release, live: true})
UNWIND analytic.platforms AS platform
WITH analytic, technique, platform
WHERE technique.platforms <> [] AND NOT platform IN technique.platforms
RETURN $release AS release, 'analytic-outside-technique-platforms' AS kind, technique.attack_id AS attack_id,
  technique.name AS name, analytic.attack_id + ' is for ' + platform AS detail
ORDER BY attack_id, detail, name
