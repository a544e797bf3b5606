// An official object and its neighbors
// Which objects of the release does a published or embedded reference join to this one?
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'AN0496'}
MATCH (object:AttackObject {release: $release, attack_id: $attack_id})
MATCH around = (object)-[:ACHIEVES|SUBTECHNIQUE_OF|DETECTS|HAS_ANALYTIC|LOOKS_FOR|PART_OF|MITIGATES|USES|ATTRIBUTED_TO|TARGETS|REVOKED_BY|HAS_TACTIC|MENTIONS]-(:AttackObject)
RETURN around
LIMIT 150
