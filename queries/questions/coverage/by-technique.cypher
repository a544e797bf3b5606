// Detection coverage by technique
// What is the state of every technique, and how many pieces of evidence claim it?
// The state is the best of its rows: one for each of its platforms, and `off_platform` where all detections that are
// claimed run on other ones. A parent shows its own evidence only; its sub-techniques stand on their own.
// A rule that several sets in use hold counts once. `parent_id` narrows it to a parent and its sub-techniques; null is all of them.
// revision 6
// :param {release: 'enterprise-attack@18.1', parent_id: null, all_sets: false, set: null, techniques: null}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release, live: true})
WHERE ($parent_id IS NULL OR technique.attack_id = $parent_id OR technique.attack_id STARTS WITH $parent_id + '.')
  AND ($techniques IS NULL OR technique.attack_id IN $techniques)
CALL (loaded, technique) {
  MATCH (technique)<-[way:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
  WHERE ($all_sets OR set.current) AND ($set IS NULL OR $set IN [set.key, set.name])
    AND (set.sample IS NULL OR loaded.sample)
    AND claim.counted AND claim.category IS NOT NULL
  WITH coalesce(evidence.identity, evidence.key) AS identity, claim.category AS category, min(size(way.hops)) > 1 AS migrated,
    max(coalesce(evidence.count, 1)) AS pieces, collect(DISTINCT coalesce(evidence.runs_on, evidence.platforms, [])) AS stated
  RETURN sum(CASE category WHEN 'detect' THEN pieces ELSE 0 END) AS detect,
    sum(CASE category WHEN 'protect' THEN pieces ELSE 0 END) AS protect,
    sum(CASE category WHEN 'respond' THEN pieces ELSE 0 END) AS respond,
    sum(CASE category WHEN 'mitigate' THEN pieces ELSE 0 END) AS mitigate,
    sum(CASE WHEN migrated THEN pieces ELSE 0 END) AS migrated,
    reduce(every = [], each IN collect(CASE WHEN category = 'detect' THEN stated END) | every + [on IN each WHERE NOT on IN every]) AS detecting,
    reduce(every = [], each IN collect(CASE WHEN category <> 'detect' THEN stated END) | every + [on IN each WHERE NOT on IN every]) AS protecting
}
CALL (technique) {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  RETURN collect(DISTINCT coalesce(analytic.platforms, [])) AS guiding
}
WITH *, coalesce(loaded.names_elsewhere, []) AS elsewhere, EXISTS { (technique)<-[:DETECTS]-(:DataComponent {live: true}) } AS guided,
  CASE coalesce(technique.platforms, []) WHEN [] THEN [''] ELSE technique.platforms END AS places
WITH *, [on IN detecting | CASE places WHEN [''] THEN places ELSE [name IN on WHERE NOT name IN elsewhere] END] AS detecting,
  [on IN protecting | CASE places WHEN [''] THEN places ELSE [name IN on WHERE NOT name IN elsewhere] END] AS protecting,
  [on IN guiding | CASE places WHEN [''] THEN places ELSE on END] AS guiding
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  COLLECT { MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname ORDER BY tactic.shortname } AS tactics,
  CASE
    WHEN any(on IN detecting WHERE any(place IN places WHERE place IN on)) THEN 'covered'
    WHEN [] IN detecting THEN 'unplaced'
    WHEN detecting <> [] THEN 'off_platform'
    WHEN any(on IN protecting WHERE on = [] OR any(place IN places WHERE place IN on)) THEN 'protect_only'
    WHEN guided OR any(on IN guiding WHERE any(place IN places WHERE place IN on)) THEN 'guidance_only'
    ELSE 'none' END AS state,
  size(places) AS platforms, size([place IN places WHERE any(on IN detecting WHERE place IN on)]) AS platforms_covered,
  detect, protect, respond, mitigate, migrated
ORDER BY technique_id
