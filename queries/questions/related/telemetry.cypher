// Related techniques: telemetry
// Which techniques show in the same logs and components, rare ones counting more?
// Weighted Jaccard over canonical log sources and components; the weight of each is ln(N / techniques that use
// it), N the live techniques of the release. Up to 17, components that detect the technique stand alone.
// revision 5
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WITH technique, toFloat(COUNT { (:Technique {release: $release, live: true}) }) AS n
CALL (n) {
  MATCH (by:DetectionStrategy {release: $release, live: true})-[:HAS_ANALYTIC]->(:Analytic {live: true})-[:READS|LOOKS_FOR]->(used:LogSource|DataComponent)
  RETURN by, used
  UNION ALL
  MATCH (by:DataComponent {release: $release, live: true})
  RETURN by, by AS used
}
WITH technique, n, by, collect(DISTINCT used) AS traces
MATCH (by)-[:DETECTS]->(each:Technique {live: true})
UNWIND traces AS used
WITH technique, n, used, collect(DISTINCT each) AS users
WITH technique, n, coalesce('log ' + used.canonical, used.stix_id) AS id, coalesce(used.canonical, used.name) AS trace, collect(users) AS lists
WITH technique, n, id, trace, CASE size(lists) WHEN 1 THEN lists[0] ELSE COLLECT { UNWIND lists AS list UNWIND list AS each RETURN DISTINCT each } END AS users
WITH technique, id, trace, users, log(n / size(users)) AS weight, technique IN users AS ours
UNWIND users AS other
WITH * ORDER BY trace, id
WITH technique, other, sum(weight) AS total, sum(CASE WHEN ours THEN weight ELSE 0.0 END) AS common,
  collect(CASE WHEN ours THEN trace END) AS shared
WITH technique, collect({technique: other, total: total, common: common, shared: shared}) AS others
UNWIND others AS other
WITH other, [each IN others WHERE each.technique = technique | each.total][0] + other.total - other.common AS union
WHERE other.technique <> technique AND size(other.shared) >= 2 AND union > 0
RETURN $release AS release, other.technique.attack_id AS technique_id, other.technique.name AS technique,
  'telemetry' AS method, other.common / union AS score, size(other.shared) AS shared, other.shared AS shared_with,
  null AS out_of, false AS low_support
ORDER BY score DESC, technique_id
