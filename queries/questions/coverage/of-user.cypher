// Coverage of what a group, campaign or software does
// Which of its techniques does anybody claim to detect, and which not?
// The states are those of "Detection coverage by technique". Software that it uses brings its own techniques.
// revision 3
// :param {release: 'enterprise-attack@18.1', attack_id: 'G0016', with_software: true}
MATCH (loaded:Release {key: $release})
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
WITH loaded, user, technique, collect(DISTINCT through) AS through
CALL (loaded, technique) {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
  WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
  WITH loaded, technique, evidence, claim.category AS category,
    [name IN coalesce(evidence.runs_on, evidence.platforms, []) WHERE NOT name IN coalesce(loaded.names_elsewhere, [])] AS on
  WITH *, coalesce(technique.platforms, []) = [] OR any(name IN on WHERE name IN technique.platforms) AS fits
  RETURN count(DISTINCT CASE WHEN category = 'detect' THEN evidence END) AS detect,
    count(DISTINCT CASE WHEN category = 'detect' AND fits THEN evidence END) AS placed,
    count(DISTINCT CASE WHEN category = 'detect' AND on = [] THEN evidence END) AS unplaced,
    count(DISTINCT CASE WHEN category <> 'detect' AND (fits OR on = []) THEN evidence END) AS protecting
}
CALL (technique) {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  RETURN count(DISTINCT analytic) AS analytics, count(DISTINCT CASE
    WHEN coalesce(technique.platforms, []) = [] OR any(name IN analytic.platforms WHERE name IN technique.platforms) THEN analytic END) AS guiding
}
RETURN $release AS release, user.attack_id AS user_id, user.name AS user, technique.attack_id AS technique_id, technique.name AS technique,
  CASE
    WHEN placed > 0 THEN 'covered'
    WHEN unplaced > 0 THEN 'unplaced'
    WHEN detect > 0 THEN 'off_platform'
    WHEN protecting > 0 THEN 'protect_only'
    WHEN guiding > 0 OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent {live: true}) } THEN 'guidance_only'
    ELSE 'none' END AS state,
  placed, detect, analytics, through
ORDER BY CASE state
  WHEN 'none' THEN 0 WHEN 'guidance_only' THEN 1 WHEN 'protect_only' THEN 2
  WHEN 'off_platform' THEN 3 WHEN 'unplaced' THEN 4 ELSE 5 END, technique_id
