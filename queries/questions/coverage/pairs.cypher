// The matrix as a table
// What is the state of each technique on each of its platforms?
// covered: a detection is claimed there; unplaced: one is claimed without a platform; protect_only: only
// protection, response or mitigation; guidance_only: ATT&CK describes a detection that nobody claims; none.
// A technique for which ATT&CK states no platform has one row, without a platform, where every claim counts.
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
WITH *, COLLECT { MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname ORDER BY tactic.shortname } AS tactics
UNWIND places AS place
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  tactics, CASE place WHEN '' THEN null ELSE place END AS platform,
  CASE
    WHEN any(on IN detecting WHERE place IN on) THEN 'covered'
    WHEN [] IN detecting THEN 'unplaced'
    WHEN [] IN protecting OR any(on IN protecting WHERE place IN on) THEN 'protect_only'
    WHEN guided OR any(on IN guiding WHERE place IN on) THEN 'guidance_only'
    ELSE 'none' END AS state
ORDER BY technique_id, platform
