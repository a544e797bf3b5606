// What else a mitigation stops
// Which techniques does this mitigation address, and which of them have no other?
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'M1021'}
MATCH (mitigation:Mitigation {attack_id: $attack_id, release: $release, live: true})-[link:MITIGATES]->(technique:Technique {live: true})
RETURN $release AS release, mitigation.attack_id AS mitigation_id, mitigation.name AS mitigation,
  technique.attack_id AS technique_id, technique.name AS technique,
  COUNT { MATCH (other:Mitigation {live: true})-[:MITIGATES]->(technique) WHERE other <> mitigation RETURN DISTINCT other } AS other_mitigations,
  link.description AS how
ORDER BY other_mitigations, technique_id, mitigation, how
