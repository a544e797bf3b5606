// An object through the releases
// In which loaded releases is this object, and what changed in it from each to the next?
// revision 2
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
  step.change AS change, coalesce(step.fields, []) AS fields, loaded.sample AS sample
ORDER BY stix_id, loaded.domain, loaded.sample, loaded.major, loaded.minor, loaded.version ENDS WITH '-beta' DESC
