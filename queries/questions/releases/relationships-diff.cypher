// Relationship objects that changed between two releases
// How many published relationships of each kind are new or gone, and how many kept their id but join other objects?
// Of those that are kept, the reworded have another description.
// revision 2
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
UNWIND [$before, $after] AS release
MATCH (:AttackObject {release: release})-[link]->(:AttackObject)
WHERE link.stix_id IS NOT NULL
WITH link.stix_id AS id, collect(link) AS links
WITH head(links) AS first, last(links) AS last, size(links) = 2 AS kept
WITH first, kept, startNode(last) AS source, endNode(last) AS target,
  kept AND coalesce(first.description, '') <> coalesce(last.description, '') AS reworded,
  kept AND (startNode(first).stix_id <> startNode(last).stix_id OR endNode(first).stix_id <> endNode(last).stix_id) AS redirected
RETURN $before AS before, $after AS after, type(first) AS type,
  [label IN labels(source) WHERE label <> 'AttackObject'][0] AS source_type,
  [label IN labels(target) WHERE label <> 'AttackObject'][0] AS target_type,
  sum(CASE WHEN NOT kept AND first.release = $after THEN 1 ELSE 0 END) AS added,
  sum(CASE WHEN NOT kept AND first.release = $before THEN 1 ELSE 0 END) AS removed,
  sum(toInteger(redirected)) AS redirected, sum(toInteger(kept)) AS kept, sum(toInteger(reworded)) AS reworded
ORDER BY type, source_type, target_type
