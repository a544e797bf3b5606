// Detection coverage by tactic
// Which tactics have the most techniques without any claimed detection?
// Sub-techniques are techniques. A technique takes the best state of its platforms; `pairs` counts it once for
// each platform.
// revision 1
// :param {release: 'enterprise-attack@18.1', all_sets: false}
MATCH (technique:Technique {release: $release, live: true})
CALL (technique) {
  OPTIONAL MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
  WHERE ($all_sets OR set.current) AND coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
  RETURN collect(DISTINCT CASE WHEN claim.category = 'detect' THEN coalesce(evidence.platforms, []) END) AS detecting,
    collect(DISTINCT CASE WHEN claim.category <> 'detect' THEN coalesce(evidence.platforms, []) END) AS protecting
}
CALL (technique) {
  OPTIONAL MATCH (technique)<-[:DETECTS]-(:DetectionStrategy)-[:HAS_ANALYTIC]->(analytic:Analytic)
  RETURN collect(DISTINCT analytic.platforms) AS guiding
}
WITH technique, detecting, protecting, guiding, coalesce(technique.platforms, []) AS platforms
WITH technique, platforms, CASE
    WHEN any(on IN detecting WHERE any(platform IN on WHERE platform IN platforms)) THEN 'covered'
    WHEN [] IN detecting THEN 'unplaced'
    WHEN detecting <> [] THEN 'off_platform'
    WHEN protecting <> [] THEN 'protect_only'
    WHEN guiding <> [] OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent) } THEN 'guidance_only'
    ELSE 'none' END AS state,
  size([platform IN platforms WHERE any(on IN detecting WHERE platform IN on)]) AS covered_on
MATCH (technique)-[:ACHIEVES]->(tactic:Tactic)
OPTIONAL MATCH (:Matrix)-[column:HAS_TACTIC]->(tactic)
WITH tactic, min(column.position) AS position, technique, platforms, state, covered_on
WITH tactic, position, count(*) AS techniques,
  sum(CASE state WHEN 'covered' THEN 1 ELSE 0 END) AS covered,
  sum(CASE state WHEN 'unplaced' THEN 1 ELSE 0 END) AS unplaced,
  sum(CASE state WHEN 'off_platform' THEN 1 ELSE 0 END) AS off_platform,
  sum(CASE state WHEN 'protect_only' THEN 1 ELSE 0 END) AS protect_only,
  sum(CASE state WHEN 'guidance_only' THEN 1 ELSE 0 END) AS guidance_only,
  sum(CASE state WHEN 'none' THEN 1 ELSE 0 END) AS none,
  sum(size(platforms)) AS pairs, sum(covered_on) AS pairs_covered
RETURN $release AS release, tactic.attack_id AS tactic_id, tactic.name AS tactic, techniques, covered, unplaced,
  off_platform, protect_only, guidance_only, none, pairs, pairs_covered
ORDER BY position, tactic_id
