// Tactics in the order of the matrix
// Which tactics does the release have, in which order, and how many techniques has each?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (tactic:Tactic {release: $release, live: true})
OPTIONAL MATCH (:Matrix {live: true})-[column:HAS_TACTIC]->(tactic)
WITH tactic, min(column.position) AS position
RETURN $release AS release, tactic.attack_id AS tactic_id, tactic.name AS tactic, tactic.shortname AS shortname, position,
  COUNT { (tactic)<-[:ACHIEVES]-(:Technique {live: true}) } AS techniques
ORDER BY position, tactic_id, shortname, tactic
