// Cloud-native detections by source
// How many findings and techniques does each cloud product claim, and how confident is its publisher?
// A finding that claims several techniques is one finding. The mean is weighted by the number of findings, each with
// the mean of its claims; findings without a stated confidence are left out of it.
// revision 6
// :param {release: 'enterprise-attack@18.1', all_sets: false, set: null, techniques: null}
MATCH (loaded:Release {key: $release})
MATCH (set:EvidenceSet:DetectionSet)
WHERE ($all_sets OR set.current) AND ($set IS NULL OR $set IN [set.key, set.name])
  AND (set.sample IS NULL OR loaded.sample)
MATCH (set)-[:CONTAINS]->(finding:Detection)-[:REPORTED_BY]->(source:NativeSource)
MATCH (finding)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WHERE claim.counted AND ($techniques IS NULL OR technique.attack_id IN $techniques)
WITH source, finding, coalesce(finding.count, 1) AS findings, collect(DISTINCT technique) AS claimed,
  avg(claim.confidence) AS confidence, min(claim.confidence) AS least, max(claim.confidence) AS most, max(claim.as_of) AS as_of
WITH source, collect(claimed) AS claimed, sum(findings) AS detections,
  sum(CASE WHEN confidence IS NULL THEN 0 ELSE findings END) AS rated, sum(findings * confidence) AS weighed,
  min(least) AS confidence_min, max(most) AS confidence_max, max(as_of) AS as_of
WITH *, COUNT { UNWIND claimed AS each UNWIND each AS technique RETURN DISTINCT technique } AS techniques
RETURN $release AS release, source.name AS source, source.cloud AS cloud, source.kind AS kind, techniques, detections,
  rated, CASE rated WHEN 0 THEN null ELSE weighed / rated END AS confidence_mean, confidence_min, confidence_max, as_of
ORDER BY techniques DESC, source
