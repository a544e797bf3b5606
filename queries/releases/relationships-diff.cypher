// Relationship objects that changed between two releases
// How many published relationships of each kind are new or gone, and how many kept their id but join other objects?
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
UNWIND [$before, $after] AS release
MATCH (source:AttackObject {release: release})-[link]->(target:AttackObject)
WHERE link.stix_id IS NOT NULL
WITH link.stix_id AS id, type(link) AS type,
  [label IN labels(source) WHERE label <> 'AttackObject'][0] AS source_type,
  [label IN labels(target) WHERE label <> 'AttackObject'][0] AS target_type,
  collect(release) AS releases, collect(DISTINCT source.stix_id + target.stix_id) AS ends
RETURN $before AS before, $after AS after, type, source_type, target_type,
  sum(CASE WHEN releases = [$after] THEN 1 ELSE 0 END) AS added,
  sum(CASE WHEN releases = [$before] THEN 1 ELSE 0 END) AS removed,
  sum(CASE WHEN size(ends) > 1 THEN 1 ELSE 0 END) AS redirected,
  sum(CASE WHEN size(releases) = 2 THEN 1 ELSE 0 END) AS kept
ORDER BY type, source_type, target_type
