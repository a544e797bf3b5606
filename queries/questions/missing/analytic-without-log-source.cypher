// Analytics without a log source
// Which analytics name no log source to read?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (analytic:Analytic {release: $release, live: true})
WHERE NOT EXISTS { (analytic)-[:READS]->(:LogSource) }
OPTIONAL MATCH (analytic)<-[:HAS_ANALYTIC]-(:DetectionStrategy)-[:DETECTS]->(technique:Technique)
RETURN $release AS release, 'analytic-without-log-source' AS kind, analytic.attack_id AS attack_id,
  analytic.name AS name, coalesce(technique.attack_id + ' on ', '') + coalesce(analytic.platforms[0], '') AS detail
ORDER BY attack_id, detail, name
