// What a group, campaign or software uses
// Which techniques and software does it use, and who stands behind it?
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'G0016'}
MATCH (actor:AttackObject {release: $release, attack_id: $attack_id})
MATCH used = (actor)-[:USES|ATTRIBUTED_TO]-(:AttackObject)
RETURN used
LIMIT 150
