// Cloud-native detections by source
// How many findings and techniques does each cloud product claim, and how confident is its publisher?
// :param {release: 'enterprise-attack@18.1', all_sets: false}
MATCH (source:NativeSource)<-[:REPORTED_BY]-(finding:Detection)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current) AND coalesce(finding.counted, true)
MATCH (finding)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WHERE coalesce(claim.counted, true)
WITH source, technique, coalesce(finding.count, 1) AS findings, claim.confidence AS confidence, claim.as_of AS as_of
WITH source, count(DISTINCT technique) AS techniques, sum(findings) AS detections,
  sum(CASE WHEN confidence IS NULL THEN 0 ELSE findings END) AS rated, sum(findings * confidence) AS weighed,
  min(confidence) AS confidence_min, max(confidence) AS confidence_max, max(as_of) AS as_of
RETURN $release AS release, source.name AS source, source.cloud AS cloud, source.kind AS kind, techniques, detections,
  rated, CASE rated WHEN 0 THEN null ELSE weighed / rated END AS confidence_mean, confidence_min, confidence_max, as_of
ORDER BY techniques DESC, source
