// The matrix as a table
// What is the state of each technique on each of its platforms?
// covered: a detection is claimed there; unplaced: one is claimed without a platform; protect_only: only
// protection, response or mitigation; guidance_only: ATT&CK describes a detection that nobody claims; none.
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
WITH technique, detecting, protecting, guiding,
  COLLECT { MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname ORDER BY tactic.shortname } AS tactics
UNWIND technique.platforms AS platform
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  tactics, platform,
  CASE
    WHEN any(on IN detecting WHERE platform IN on) THEN 'covered'
    WHEN [] IN detecting THEN 'unplaced'
    WHEN [] IN protecting OR any(on IN protecting WHERE platform IN on) THEN 'protect_only'
    WHEN any(on IN guiding WHERE platform IN on) OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent) } THEN 'guidance_only'
    ELSE 'none' END AS state
ORDER BY technique_id, platform
