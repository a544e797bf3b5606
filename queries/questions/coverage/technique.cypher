// Coverage of a technique by platform
// Who claims to detect this technique on which of its platforms, and where is there guidance or nothing at all?
// Counts are pieces of evidence of current sets. After the platforms come, if there is any, the evidence that
// states no platform (unplaced) and the evidence of platforms that the technique does not have (off_platform).
// A rule that several sets in use hold counts once.
// Where ATT&CK states no platform there is one row (unstated), and every claim counts in it.
// revision 5
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528', all_sets: false, set: null}
MATCH (loaded:Release {key: $release})
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
CALL (loaded, technique) {
  MATCH (technique)<-[way:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
  WHERE ($all_sets OR set.current) AND ($set IS NULL OR $set IN [set.key, set.name])
    AND (set.sample IS NULL OR loaded.sample)
    AND claim.counted AND claim.category IS NOT NULL
  WITH loaded, technique, coalesce(evidence.identity, evidence.key) AS identity, claim.category AS category,
    min(size(way.hops)) > 1 AS migrated, max(coalesce(evidence.count, 1)) AS pieces,
    collect(coalesce(evidence.runs_on, evidence.platforms, [])) AS stated
  WITH *, [name IN reduce(names = [], each IN stated | names + [name IN each WHERE NOT name IN names])
    WHERE NOT name IN coalesce(loaded.names_elsewhere, [])] AS on
  RETURN collect({
    category: category, migrated: migrated, pieces: pieces, on: on,
    placement: CASE
      WHEN coalesce(technique.platforms, []) = [] THEN 'unstated'
      WHEN on = [] THEN 'unplaced'
      WHEN any(name IN on WHERE name IN technique.platforms) THEN 'placed'
      ELSE 'off_platform' END
  }) AS claims
}
WITH technique, claims,
  COLLECT {
    MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
    WITH DISTINCT analytic
    RETURN coalesce(analytic.platforms, [])
  } AS analytics,
  COUNT { MATCH (technique)<-[:DETECTS]-(each:DataComponent {live: true}) RETURN DISTINCT each } AS components
UNWIND CASE coalesce(technique.platforms, [])
    WHEN [] THEN [{placement: 'unstated', stands: true}]
    ELSE [platform IN technique.platforms | {platform: platform, placement: 'placed', stands: true}]
  END + [{placement: 'unplaced', stands: false}, {placement: 'off_platform', stands: false}] AS place
WITH *, [claim IN claims WHERE claim.placement = place.placement AND (place.platform IS NULL OR place.platform IN claim.on)] AS here,
  CASE place.placement
    WHEN 'placed' THEN components + size([on IN analytics WHERE place.platform IN on])
    WHEN 'unstated' THEN components + size(analytics)
    ELSE 0 END AS guidance
WHERE place.stands OR any(claim IN here WHERE claim.category = 'detect' OR place.placement = 'unplaced')
WITH *, any(claim IN here WHERE claim.category = 'detect') AS detected,
  any(claim IN claims WHERE claim.placement = 'unplaced' AND claim.category = 'detect') AS unplaced,
  any(claim IN claims WHERE claim.placement = 'unplaced' AND claim.category <> 'detect') AS protected
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  place.platform AS platform, place.placement AS placement,
  CASE
    WHEN place.placement = 'off_platform' THEN 'off_platform'
    WHEN place.stands AND detected THEN 'covered'
    WHEN unplaced THEN 'unplaced'
    WHEN protected OR here <> [] THEN 'protect_only'
    WHEN guidance > 0 THEN 'guidance_only'
    ELSE 'none' END AS state,
  null AS level,
  reduce(n = 0, claim IN here | n + CASE claim.category WHEN 'detect' THEN claim.pieces ELSE 0 END) AS detect,
  reduce(n = 0, claim IN here | n + CASE claim.category WHEN 'protect' THEN claim.pieces ELSE 0 END) AS protect,
  reduce(n = 0, claim IN here | n + CASE claim.category WHEN 'respond' THEN claim.pieces ELSE 0 END) AS respond,
  reduce(n = 0, claim IN here | n + CASE claim.category WHEN 'mitigate' THEN claim.pieces ELSE 0 END) AS mitigate,
  reduce(n = 0, claim IN here | n + CASE WHEN claim.migrated THEN claim.pieces ELSE 0 END) AS migrated,
  guidance
ORDER BY CASE placement WHEN 'unplaced' THEN 1 WHEN 'off_platform' THEN 2 ELSE 0 END, platform
