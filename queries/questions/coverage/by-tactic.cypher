// Detection coverage by tactic
// Which tactics have the most techniques without any claimed detection?
// Sub-techniques are techniques. A technique takes the best state of its rows: one for each of its platforms, and
// `off_platform` where all detections that are claimed run on other ones. `pairs` counts it once for each platform.
// `platform` stays with one platform, and `techniques` with a list; null is all of them.
// revision 5
// :param {release: 'enterprise-attack@18.1', all_sets: false, set: null, techniques: null, platform: null}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release, live: true})
WHERE $techniques IS NULL OR technique.attack_id IN $techniques
CALL (loaded, technique) {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
  WHERE ($all_sets OR set.current) AND ($set IS NULL OR $set IN [set.key, set.name])
    AND (set.sample IS NULL OR loaded.sample)
    AND claim.counted
  RETURN collect(DISTINCT CASE WHEN claim.category = 'detect' THEN coalesce(evidence.runs_on, evidence.platforms, []) END) AS detecting,
    collect(DISTINCT CASE WHEN claim.category <> 'detect' THEN coalesce(evidence.runs_on, evidence.platforms, []) END) AS protecting
}
CALL (technique) {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  RETURN collect(DISTINCT coalesce(analytic.platforms, [])) AS guiding
}
WITH *, coalesce(loaded.names_elsewhere, []) AS elsewhere, EXISTS { (technique)<-[:DETECTS]-(:DataComponent {live: true}) } AS guided,
  CASE coalesce(technique.platforms, []) WHEN [] THEN [''] ELSE technique.platforms END AS every
WITH *, [place IN every WHERE $platform IS NULL OR toLower(place) = toLower($platform)] AS places
WHERE places <> []
WITH *, [on IN detecting | CASE places WHEN [''] THEN places ELSE [name IN on WHERE NOT name IN elsewhere] END] AS detecting,
  [on IN protecting | CASE places WHEN [''] THEN places ELSE [name IN on WHERE NOT name IN elsewhere] END] AS protecting,
  [on IN guiding | CASE places WHEN [''] THEN places ELSE on END] AS guiding
WITH technique, places, CASE
    WHEN any(on IN detecting WHERE any(place IN places WHERE place IN on)) THEN 'covered'
    WHEN [] IN detecting THEN 'unplaced'
    WHEN detecting <> [] AND $platform IS NULL THEN 'off_platform'
    WHEN any(on IN protecting WHERE on = [] OR any(place IN places WHERE place IN on)) THEN 'protect_only'
    WHEN guided OR any(on IN guiding WHERE any(place IN places WHERE place IN on)) THEN 'guidance_only'
    ELSE 'none' END AS state,
  size([place IN places WHERE any(on IN detecting WHERE place IN on)]) AS covered_on
MATCH (technique)-[:ACHIEVES]->(tactic:Tactic)
OPTIONAL MATCH (:Matrix)-[column:HAS_TACTIC]->(tactic)
WITH tactic, min(column.position) AS position, technique, places, state, covered_on
WITH tactic, position, count(*) AS techniques,
  sum(CASE state WHEN 'covered' THEN 1 ELSE 0 END) AS covered,
  sum(CASE state WHEN 'unplaced' THEN 1 ELSE 0 END) AS unplaced,
  sum(CASE state WHEN 'off_platform' THEN 1 ELSE 0 END) AS off_platform,
  sum(CASE state WHEN 'protect_only' THEN 1 ELSE 0 END) AS protect_only,
  sum(CASE state WHEN 'guidance_only' THEN 1 ELSE 0 END) AS guidance_only,
  sum(CASE state WHEN 'none' THEN 1 ELSE 0 END) AS none,
  sum(size(places)) AS pairs, sum(covered_on) AS pairs_covered
RETURN $release AS release, tactic.attack_id AS tactic_id, tactic.name AS tactic, techniques, covered, unplaced,
  off_platform, protect_only, guidance_only, none, pairs, pairs_covered
ORDER BY position, tactic_id
