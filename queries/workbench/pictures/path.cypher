// The shortest way from one object to another
// How are these two objects connected within the release?
// revision 1
// :param {release: 'enterprise-attack@18.1', from_id: 'G0016', to_id: 'DC0038'}
MATCH (start:AttackObject {release: $release, attack_id: $from_id, live: true})
MATCH (end:AttackObject {release: $release, attack_id: $to_id, live: true})
MATCH way = shortestPath((start)-[:USES|MITIGATES|DETECTS|HAS_ANALYTIC|LOOKS_FOR|ACHIEVES|SUBTECHNIQUE_OF|ATTRIBUTED_TO|TARGETS|PART_OF|REVOKED_BY*..8]-(end))
RETURN way
