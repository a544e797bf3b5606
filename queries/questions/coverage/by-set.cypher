// What each evidence set covers
// How many techniques does each set of rules, detections or mappings claim to detect, and on how many platforms?
// revision 1
// :param {release: 'enterprise-attack@18.1', all_sets: false}
MATCH (technique:Technique {release: $release})<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current) AND coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
WITH set, evidence, claim, technique,
  [platform IN coalesce(evidence.platforms, []) WHERE platform IN coalesce(technique.platforms, [])] AS placed
RETURN $release AS release, set.key AS `set`, set.current AS current, count(DISTINCT evidence) AS evidence,
  count(DISTINCT technique) AS techniques,
  count(DISTINCT CASE claim.category WHEN 'detect' THEN technique END) AS techniques_detected,
  count(DISTINCT CASE WHEN claim.category = 'detect' AND placed <> [] THEN technique END) AS techniques_placed,
  sum(CASE WHEN claim.category = 'detect' AND placed <> [] THEN 1 ELSE 0 END) AS claims_placed,
  sum(CASE WHEN claim.category = 'detect' AND coalesce(evidence.platforms, []) = [] THEN 1 ELSE 0 END) AS claims_unplaced,
  sum(CASE WHEN claim.category = 'detect' AND evidence.platforms <> [] AND placed = [] THEN 1 ELSE 0 END) AS claims_off_platform
ORDER BY techniques DESC, `set`
