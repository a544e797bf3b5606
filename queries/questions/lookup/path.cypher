// Shortest paths between two objects
// How are these two objects connected within the release?
// revision 2
// :param {release: 'enterprise-attack@18.1', from_id: 'G0016', to_id: 'DC0038', limit: 3}
MATCH (start:AttackObject {attack_id: $from_id, release: $release, live: true})
MATCH (end:AttackObject {attack_id: $to_id, release: $release, live: true})
MATCH path = allShortestPaths((start)-[:USES|MITIGATES|DETECTS|HAS_ANALYTIC|LOOKS_FOR|ACHIEVES|SUBTECHNIQUE_OF|ATTRIBUTED_TO|TARGETS|PART_OF|REVOKED_BY*..8]-(end))
RETURN $release AS release, length(path) AS hops, [node IN nodes(path) | coalesce(node.attack_id, node.stix_id)] AS ids,
  [node IN nodes(path) | node.name] AS names, [link IN relationships(path) | type(link)] AS relationships
ORDER BY ids, relationships, names
LIMIT $limit
