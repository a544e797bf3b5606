// Tactics of techniques, with their records
// Which tactics do these techniques achieve, and which records state both?
// revision 1
// :param {release: 'enterprise-attack@18.1', techniques: ['T1528']}
MATCH (technique:Technique {release: $release})
WHERE technique.live AND technique.attack_id IN $techniques
OPTIONAL MATCH (technique)-[:ACHIEVES]->(tactic:Tactic)
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  technique.sha256 AS technique_sha256, tactic.attack_id AS tactic_id, tactic.name AS tactic, tactic.sha256 AS tactic_sha256
ORDER BY technique_id, tactic_id, tactic_sha256
