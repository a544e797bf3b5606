// A technique and what ATT&CK puts around it
// Which tactics, strategies, mitigations, groups, software and other techniques belong to this one?
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (technique:Technique {release: $release, attack_id: $attack_id})
MATCH around = (technique)-[:ACHIEVES|SUBTECHNIQUE_OF|DETECTS|MITIGATES|USES|TARGETS|REVOKED_BY]-(:AttackObject)
RETURN around
LIMIT 150
