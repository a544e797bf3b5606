// What annotations claim of the graph
// Which annotations state something about an object that the graph can confirm or deny?
// :param {release: 'enterprise-attack@18.1'}
MATCH (annotation:Annotation)-[:ABOUT]->(id:AttackId)
WHERE annotation.claims <> []
MATCH (id)-[:RESOLVES_TO {release: $release}]->(object:AttackObject)
RETURN $release AS release, annotation.key AS key, annotation.author AS author, annotation.created AS created,
  object.attack_id AS attack_id, object.name AS name, annotation.claims AS claims
ORDER BY key
