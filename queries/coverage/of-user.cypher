// Coverage of what a group, campaign or software does
// Which of its techniques does anybody claim to detect, and which not?
// claimed elsewhere: by evidence that states no platform of the technique's. Software that it uses brings its own.
// :param {release: 'enterprise-attack@18.1', attack_id: 'G0016', with_software: true}
MATCH (user:Group|Campaign|Software {attack_id: $attack_id, release: $release, live: true})
CALL (user) {
  MATCH (user)-[:USES]->(technique:Technique {live: true})
  RETURN technique, 'itself' AS through
  UNION
  MATCH (user)-[:USES]->(tool:Software {live: true})-[:USES]->(technique:Technique {live: true})
  WHERE $with_software
  RETURN technique, tool.name AS through
}
WITH * ORDER BY through
WITH user, technique, collect(DISTINCT through) AS through
CALL (technique) {
  OPTIONAL MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(:EvidenceSet {current: true})
  WHERE coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
  RETURN count(DISTINCT evidence) AS detect,
    count(DISTINCT CASE WHEN any(platform IN evidence.platforms WHERE platform IN technique.platforms) THEN evidence END) AS placed
}
CALL (technique) {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy)-[:HAS_ANALYTIC]->(analytic:Analytic)
  RETURN count(DISTINCT analytic) AS analytics
}
RETURN $release AS release, user.attack_id AS user_id, user.name AS user, technique.attack_id AS technique_id, technique.name AS technique,
  CASE
    WHEN placed > 0 THEN 'covered'
    WHEN detect > 0 THEN 'claimed elsewhere'
    WHEN analytics > 0 OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent) } THEN 'guidance_only'
    ELSE 'none' END AS state,
  placed, detect, analytics, through
ORDER BY CASE state WHEN 'none' THEN 0 WHEN 'guidance_only' THEN 1 WHEN 'claimed elsewhere' THEN 2 ELSE 3 END, technique_id
