// Technique and platform pairs without an analytic
// On which of its platforms has a technique no analytic?
// Asked of releases that have analytics at all (18 and later).
// revision 3
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
WHERE EXISTS { (:Analytic {release: $release}) }
UNWIND CASE coalesce(technique.platforms, []) WHEN [] THEN [''] ELSE technique.platforms END AS place
WITH technique, place
WHERE NOT EXISTS {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  WHERE place = '' OR place IN analytic.platforms
}
RETURN $release AS release, 'technique-platform-without-analytic' AS kind, technique.attack_id AS attack_id,
  technique.name AS name, CASE place WHEN '' THEN 'platform not stated' ELSE place END AS detail
ORDER BY attack_id, detail, name
