// Related techniques: plain Jaccard over log-source names as published
// Which techniques show in the same log sources (names folded by case and white space, each counting the same)?
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (each:Technique {release: $release, live: true})
MATCH (each)<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:READS]->(source:LogSource)
WITH * ORDER BY source.key
WITH technique, each, collect(DISTINCT source.key) AS traces
WITH technique, collect({technique: each, traces: traces}) AS techniques
WITH technique, techniques, [each IN techniques WHERE each.technique = technique | each.traces][0] AS ours
UNWIND techniques AS other
WITH technique, ours, other, [trace IN other.traces WHERE trace IN ours] AS shared
WHERE other.technique <> technique AND shared <> []
WITH other.technique AS other, shared, size(ours) + size(other.traces) - size(shared) AS out_of
RETURN $release AS release, other.attack_id AS technique_id, other.name AS technique, 'log-source-names' AS method,
  toFloat(size(shared)) / out_of AS score, size(shared) AS shared, shared AS shared_with, out_of, false AS low_support
ORDER BY score DESC, technique_id
