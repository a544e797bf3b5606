// Cloud-native detections of a technique by source
// Which cloud products report findings for this technique, how many, and how confident is their publisher?
// A finding that claims it by several identifiers is one finding. The mean is weighted by the number of findings, each
// with the mean of its claims; findings without a stated confidence are left out of it.
// revision 4
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528', all_sets: false, set: null}
MATCH (loaded:Release {key: $release})
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(finding:Detection)-[:REPORTED_BY]->(source:NativeSource)
MATCH (finding)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current) AND ($set IS NULL OR $set IN [set.key, set.name])
  AND (set.sample IS NULL OR loaded.sample)
  AND claim.counted
WITH technique, source, finding, coalesce(finding.count, 1) AS findings,
  avg(claim.confidence) AS confidence, min(claim.confidence) AS least, max(claim.confidence) AS most, max(claim.as_of) AS as_of
WITH technique, source, sum(findings) AS detections,
  sum(CASE WHEN confidence IS NULL THEN 0 ELSE findings END) AS rated, sum(findings * confidence) AS weighed,
  min(least) AS confidence_min, max(most) AS confidence_max, max(as_of) AS as_of
RETURN $release AS release, technique.attack_id AS technique_id, source.name AS source, source.cloud AS cloud,
  source.kind AS kind, detections, rated, CASE rated WHEN 0 THEN null ELSE weighed / rated END AS confidence_mean,
  confidence_min, confidence_max, as_of
ORDER BY detections DESC, source
