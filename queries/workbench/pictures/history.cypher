// An object in each release
// In which loaded releases is this identifier, and where did its object change?
// revision 1
// :param {attack_id: 'T1528'}
MATCH (id:AttackId {id: $attack_id})
MATCH in_release = (id)<-[:HAS_ID]-(object:AttackObject)<-[:CONTAINS]-(:Release)
OPTIONAL MATCH older = (object)-[:SUCCEEDS|REVOKED_BY]->(:AttackObject)
RETURN in_release, older
LIMIT 150
