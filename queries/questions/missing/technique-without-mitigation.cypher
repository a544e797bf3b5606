// Techniques without a mitigation
// Which active techniques does no active mitigation address?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
WHERE NOT EXISTS { (:Mitigation {live: true})-[:MITIGATES]->(technique) }
RETURN $release AS release, 'technique-without-mitigation' AS kind, technique.attack_id AS attack_id,
  technique.name AS name, CASE WHEN technique.is_subtechnique THEN 'sub-technique' ELSE 'technique' END AS detail
ORDER BY attack_id, name, detail
