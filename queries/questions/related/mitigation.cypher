// Related techniques: same controls
// Which techniques are met by the same mitigations?
// Jaccard over live mitigations, from two shared ones on.
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (control:Mitigation {live: true})-[:MITIGATES]->(technique)
WITH technique, collect(DISTINCT control) AS controls
UNWIND controls AS control
MATCH (control)-[:MITIGATES]->(other:Technique {live: true})
WHERE other <> technique
WITH * ORDER BY control.name
WITH controls, other, collect(DISTINCT control.name) AS shared
WHERE size(shared) >= 2
WITH other, shared, size(controls) - size(shared)
  + COUNT { MATCH (control:Mitigation {live: true})-[:MITIGATES]->(other) RETURN DISTINCT control } AS out_of
RETURN $release AS release, other.attack_id AS technique_id, other.name AS technique, 'mitigation' AS method,
  toFloat(size(shared)) / out_of AS score, size(shared) AS shared, shared AS shared_with, out_of, false AS low_support
ORDER BY score DESC, technique_id
