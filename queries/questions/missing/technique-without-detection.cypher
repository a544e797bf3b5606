// Techniques without guidance on detection
// Which active techniques does neither a detection strategy with an active analytic nor a data component detect?
// revision 3
// :param {release: 'enterprise-attack@17.1'}
MATCH (technique:Technique {release: $release, live: true})
WHERE NOT EXISTS { (:DataComponent {live: true})-[:DETECTS]->(technique) }
  AND NOT EXISTS { (:Analytic {live: true})<-[:HAS_ANALYTIC]-(:DetectionStrategy {live: true})-[:DETECTS]->(technique) }
RETURN $release AS release, 'technique-without-detection' AS kind, technique.attack_id AS attack_id,
  technique.name AS name, reduce(text = '', platform IN coalesce(technique.platforms, []) | text
    + CASE text WHEN '' THEN '' ELSE ', ' END + platform) AS detail
ORDER BY attack_id, name, detail
