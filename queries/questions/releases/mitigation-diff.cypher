// Mitigations kept, lost and gained between two releases
// Which pairs of mitigation and technique are still there, which are gone, and which are new?
// revision 1
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
UNWIND [$before, $after] AS release
MATCH (mitigation:Mitigation {release: release, live: true})-[:MITIGATES]->(technique:Technique {live: true})
WITH DISTINCT mitigation.stix_id AS mitigation_key, technique.stix_id AS technique_key, release, mitigation, technique
ORDER BY release = $after
WITH mitigation_key, technique_key, collect(release) AS releases, last(collect(mitigation)) AS mitigation,
  last(collect(technique)) AS technique
RETURN CASE WHEN size(releases) = 2 OR $before = $after THEN 'kept' WHEN releases = [$after] THEN 'gained' ELSE 'lost' END AS change,
  mitigation.attack_id AS mitigation_id, mitigation.name AS mitigation,
  technique.attack_id AS technique_id, technique.name AS technique
ORDER BY change, technique_id, mitigation_id, mitigation_key, technique_key
