// Related techniques: structure
// Which techniques does ATT&CK itself put beside this one: parent, children, siblings, predecessors, mentions?
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1550.001'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
CALL (technique) {
  MATCH (technique)-[:SUBTECHNIQUE_OF]->(other:Technique) RETURN other, 'parent' AS relation
  UNION
  MATCH (technique)<-[:SUBTECHNIQUE_OF]-(other:Technique) RETURN other, 'child' AS relation
  UNION
  MATCH (technique)-[:SUBTECHNIQUE_OF]->(:Technique)<-[:SUBTECHNIQUE_OF]-(other:Technique) RETURN other, 'sibling' AS relation
  UNION
  MATCH (technique)<-[:REVOKED_BY*1..10]-(other:Technique) RETURN other, 'revoked-by' AS relation
  UNION
  MATCH (technique)-[:MENTIONS]-(other:Technique) RETURN other, 'mentions' AS relation
}
WITH * ORDER BY relation
WITH technique, other, collect(DISTINCT relation) AS relations
WHERE other <> technique AND (other.live OR 'revoked-by' IN relations)
RETURN $release AS release, other.attack_id AS technique_id, other.name AS technique, 'structural' AS method,
  1.0 AS score, size(relations) AS shared, relations AS shared_with, null AS out_of, false AS low_support
ORDER BY technique_id
