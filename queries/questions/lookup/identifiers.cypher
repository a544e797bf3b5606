// Identifiers with a prefix
// Which identifiers that start like this do the loaded releases know?
// revision 1
// :param {prefix: 'T152'}
MATCH (id:AttackId)
WHERE id.id STARTS WITH $prefix AND EXISTS { (id)<-[:HAS_ID]-(:AttackObject) }
RETURN id.id AS attack_id
ORDER BY attack_id
