// An object through the releases
// In which loaded releases is this object, and what changed in it from each to the next?
// `successors` are what takes the place of what was revoked, `predecessors` what it takes the place of.
// revision 3
// :param {attack_id: 'T1528'}
MATCH (named:AttackObject)
WHERE named.attack_id = $attack_id OR named.stix_id = $attack_id
WITH DISTINCT named.stix_id AS stix_id
MATCH (object:AttackObject {stix_id: stix_id})
MATCH (loaded:Release {key: object.release})
OPTIONAL MATCH (object)-[step:SUCCEEDS]->(:AttackObject)
RETURN loaded.key AS release, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type, stix_id,
  object.attack_id AS attack_id, object.name AS name, object.version AS version, object.modified AS modified,
  object.revoked AS revoked, object.deprecated AS deprecated, object.sha256 AS sha256,
  step.change AS change, coalesce(step.fields, []) AS fields, loaded.sample AS sample,
  COLLECT { MATCH (object)-[:REVOKED_BY]->(next:AttackObject)
    RETURN DISTINCT coalesce(next.attack_id, next.stix_id) AS id ORDER BY id } AS successors,
  COLLECT { MATCH (object)<-[:REVOKED_BY]-(previous:AttackObject)
    RETURN DISTINCT coalesce(previous.attack_id, previous.stix_id) AS id ORDER BY id } AS predecessors
ORDER BY stix_id, loaded.domain, loaded.sample, loaded.major, loaded.minor, loaded.version ENDS WITH '-beta' DESC
