// Objects that changed without notice
// Which objects have another content in the newer release although their date or their version says otherwise?
// The releases must be neighbors among the loaded ones.
// revision 2
// :param {before: 'enterprise-attack@18.0', after: 'enterprise-attack@18.1'}
MATCH (new:AttackObject {release: $after})-[step:SUCCEEDS {change: 'content'}]->(old:AttackObject {release: $before})
WHERE new.modified = old.modified OR new.version = old.version
RETURN $before AS before, $after AS after, [label IN labels(new) WHERE label <> 'AttackObject'][0] AS type,
  new.attack_id AS attack_id, new.name AS name, new.modified = old.modified AS same_date,
  new.version = old.version AS same_version, step.fields AS fields
ORDER BY type, attack_id, new.key
