// What each evidence set covers
// How many techniques does each set of rules, detections or mappings claim to detect, and on how many platforms?
// Where ATT&CK states no platform for a technique, every claim counts as placed.
// revision 5
// :param {release: 'enterprise-attack@18.1', all_sets: false, set: null, techniques: null}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release})<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current) AND ($set IS NULL OR $set IN [set.key, set.name])
  AND (set.sample IS NULL OR loaded.sample)
  AND claim.counted AND ($techniques IS NULL OR technique.attack_id IN $techniques)
WITH set, evidence, technique, claim.category AS category,
  [name IN coalesce(evidence.runs_on, evidence.platforms, []) WHERE NOT name IN coalesce(loaded.names_elsewhere, [])] AS on
WITH *, CASE
    WHEN coalesce(technique.platforms, []) = [] OR any(name IN on WHERE name IN technique.platforms) THEN 'placed'
    WHEN on = [] THEN 'unplaced'
    ELSE 'off_platform' END AS placement
RETURN $release AS release, set.key AS `set`, set.current AS current, count(DISTINCT evidence) AS evidence,
  count(DISTINCT technique) AS techniques,
  count(DISTINCT CASE category WHEN 'detect' THEN technique END) AS techniques_detected,
  count(DISTINCT CASE WHEN category = 'detect' AND placement = 'placed' THEN technique END) AS techniques_placed,
  sum(CASE WHEN category = 'detect' AND placement = 'placed' THEN 1 ELSE 0 END) AS claims_placed,
  sum(CASE WHEN category = 'detect' AND placement = 'unplaced' THEN 1 ELSE 0 END) AS claims_unplaced,
  sum(CASE WHEN category = 'detect' AND placement = 'off_platform' THEN 1 ELSE 0 END) AS claims_off_platform
ORDER BY techniques DESC, `set`
