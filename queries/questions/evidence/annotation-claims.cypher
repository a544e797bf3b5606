// What annotations claim of the graph
// Which annotations written for this release state something about an object that it can confirm or deny?
// One written for another release may be right there, and a retired one is no longer anybody's word.
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (annotation:Annotation)-[:ABOUT]->(id:AttackId)
WHERE annotation.claims <> [] AND annotation.release = $release AND coalesce(annotation.status, '') <> 'retired'
MATCH (id)-[:RESOLVES_TO {release: $release}]->(object:AttackObject)
RETURN $release AS release, annotation.key AS key, annotation.author AS author, annotation.created AS created,
  object.attack_id AS attack_id, object.name AS name, annotation.claims AS claims
ORDER BY key
