// What a group, campaign or software uses
// Which software does it use, what is attributed to it, and which techniques of it do the fewest others use?
// All techniques of a well-known group are too many to read: the 25 that tell it best are drawn.
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'G0016'}
MATCH (actor:AttackObject {release: $release, attack_id: $attack_id})
CALL (actor) {
  MATCH used = (actor)-[:USES|ATTRIBUTED_TO]-(other:AttackObject)
  WHERE NOT other:Technique
  RETURN used ORDER BY other.attack_id, other.stix_id LIMIT 40
  UNION ALL
  MATCH used = (actor)-[:USES]->(technique:Technique {live: true})
  RETURN used ORDER BY COUNT { (technique)<-[:USES]-() }, technique.attack_id, technique.stix_id LIMIT 25
}
RETURN used
LIMIT 150
