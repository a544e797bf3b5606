// Detection coverage by platform
// On which platforms are detections claimed for how many of the techniques that they have?
// Techniques for which ATT&CK states no platform are one row, without a platform.
// revision 5
// :param {release: 'enterprise-attack@18.1', all_sets: false, set: null, techniques: null}
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
  CASE coalesce(technique.platforms, []) WHEN [] THEN [''] ELSE technique.platforms END AS places
WITH *, [on IN detecting | CASE places WHEN [''] THEN places ELSE [name IN on WHERE NOT name IN elsewhere] END] AS detecting,
  [on IN protecting | CASE places WHEN [''] THEN places ELSE [name IN on WHERE NOT name IN elsewhere] END] AS protecting,
  [on IN guiding | CASE places WHEN [''] THEN places ELSE on END] AS guiding
UNWIND places AS place
WITH place, CASE
    WHEN any(on IN detecting WHERE place IN on) THEN 'covered'
    WHEN [] IN detecting THEN 'unplaced'
    WHEN [] IN protecting OR any(on IN protecting WHERE place IN on) THEN 'protect_only'
    WHEN guided OR any(on IN guiding WHERE place IN on) THEN 'guidance_only'
    ELSE 'none' END AS state
RETURN $release AS release, CASE place WHEN '' THEN null ELSE place END AS platform, count(*) AS pairs,
  sum(CASE state WHEN 'covered' THEN 1 ELSE 0 END) AS covered,
  sum(CASE state WHEN 'unplaced' THEN 1 ELSE 0 END) AS unplaced,
  sum(CASE state WHEN 'protect_only' THEN 1 ELSE 0 END) AS protect_only,
  sum(CASE state WHEN 'guidance_only' THEN 1 ELSE 0 END) AS guidance_only,
  sum(CASE state WHEN 'none' THEN 1 ELSE 0 END) AS none
ORDER BY pairs DESC, platform
