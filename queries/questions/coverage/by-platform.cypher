// Detection coverage by platform
// For how many of its techniques is a detection claimed on each platform?
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
UNWIND technique.platforms AS platform
WITH platform, CASE
    WHEN any(on IN detecting WHERE platform IN on) THEN 'covered'
    WHEN [] IN detecting THEN 'unplaced'
    WHEN [] IN protecting OR any(on IN protecting WHERE platform IN on) THEN 'protect_only'
    WHEN any(on IN guiding WHERE platform IN on) OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent) } THEN 'guidance_only'
    ELSE 'none' END AS state
RETURN $release AS release, platform, count(*) AS pairs,
  sum(CASE state WHEN 'covered' THEN 1 ELSE 0 END) AS covered,
  sum(CASE state WHEN 'unplaced' THEN 1 ELSE 0 END) AS unplaced,
  sum(CASE state WHEN 'protect_only' THEN 1 ELSE 0 END) AS protect_only,
  sum(CASE state WHEN 'guidance_only' THEN 1 ELSE 0 END) AS guidance_only,
  sum(CASE state WHEN 'none' THEN 1 ELSE 0 END) AS none
ORDER BY pairs DESC, platform
