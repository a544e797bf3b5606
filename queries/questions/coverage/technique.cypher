// Coverage of a technique by platform
// Who claims to detect this technique on which of its platforms, and where is there guidance or nothing at all?
// Counts are pieces of evidence of current sets. After the platforms come, if there is any, the evidence that
// states no platform (unplaced) and the evidence of platforms that the technique does not have (off_platform).
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528', all_sets: false}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
OPTIONAL MATCH (technique)<-[way:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current) AND coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
WITH technique, evidence, claim.category AS category, min(size(way.hops)) > 1 AS migrated,
  coalesce(technique.platforms, []) AS platforms
WITH technique, platforms, [each IN collect({
    category: category, migrated: migrated, pieces: coalesce(evidence.count, 1), platforms: coalesce(evidence.platforms, []),
    placement: CASE
      WHEN evidence IS NULL THEN null
      WHEN coalesce(evidence.platforms, []) = [] THEN 'unplaced'
      WHEN any(platform IN evidence.platforms WHERE platform IN platforms) THEN 'placed'
      ELSE 'off_platform' END
  }) WHERE each.placement IS NOT NULL] AS claims,
  COLLECT { MATCH (technique)<-[:DETECTS]-(:DetectionStrategy)-[:HAS_ANALYTIC]->(analytic:Analytic) RETURN coalesce(analytic.platforms, []) } AS analytics,
  COUNT { (technique)<-[:DETECTS]-(:DataComponent) } AS components
UNWIND [platform IN platforms | {platform: platform, placement: 'placed'}]
  + [{placement: 'unplaced'}, {placement: 'off_platform'}] AS place
WITH *, [claim IN claims WHERE claim.placement = place.placement
  AND (place.platform IS NULL OR place.platform IN claim.platforms)] AS here,
  CASE WHEN place.platform IS NULL THEN 0
    ELSE components + size([on IN analytics WHERE place.platform IN on]) END AS guidance
WHERE place.platform IS NOT NULL OR here <> []
WITH *, any(claim IN claims WHERE claim.placement = 'unplaced' AND claim.category = 'detect') AS unplaced,
  any(claim IN claims WHERE claim.placement = 'unplaced' AND claim.category <> 'detect') AS protected
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  place.platform AS platform, place.placement AS placement,
  CASE
    WHEN place.placement = 'off_platform' THEN 'off_platform'
    WHEN place.placement = 'placed' AND any(claim IN here WHERE claim.category = 'detect') THEN 'covered'
    WHEN unplaced THEN 'unplaced'
    WHEN protected OR any(claim IN here WHERE claim.category <> 'detect') THEN 'protect_only'
    WHEN guidance > 0 THEN 'guidance_only'
    ELSE 'none' END AS state,
  null AS level,
  reduce(n = 0, claim IN here | n + CASE claim.category WHEN 'detect' THEN claim.pieces ELSE 0 END) AS detect,
  reduce(n = 0, claim IN here | n + CASE claim.category WHEN 'protect' THEN claim.pieces ELSE 0 END) AS protect,
  reduce(n = 0, claim IN here | n + CASE claim.category WHEN 'respond' THEN claim.pieces ELSE 0 END) AS respond,
  reduce(n = 0, claim IN here | n + CASE claim.category WHEN 'mitigate' THEN claim.pieces ELSE 0 END) AS mitigate,
  reduce(n = 0, claim IN here | n + CASE WHEN claim.migrated THEN claim.pieces ELSE 0 END) AS migrated,
  guidance
ORDER BY CASE placement WHEN 'placed' THEN 0 WHEN 'unplaced' THEN 1 ELSE 2 END, platform
