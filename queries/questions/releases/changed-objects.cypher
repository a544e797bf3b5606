// Objects that changed between two releases
// Which objects are new, gone, revoked, deprecated or rewritten since an older release, and in which fields?
// Objects whose meaning stayed the same (schema, bookkeeping) are left out. `types` narrows it; [] is all of them.
// revision 1
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1', types: ['Technique']}
CALL () {
  MATCH (new:AttackObject {release: $after})
  OPTIONAL MATCH (old:AttackObject {key: $before + '/' + new.stix_id})
  OPTIONAL MATCH (new)-[steps:SUCCEEDS*1..40]->(old)
  WITH new, old, coalesce(steps, []) AS steps
  RETURN new AS object, old.version AS version_before, steps, CASE
    WHEN old IS NULL THEN 'added'
    WHEN new.revoked AND NOT old.revoked THEN 'revoked'
    WHEN new.deprecated AND NOT old.deprecated THEN 'deprecated'
    WHEN new.sha256 = old.sha256 THEN 'unchanged'
    WHEN steps = [] OR any(step IN steps WHERE step.change = 'content') THEN 'content'
    ELSE 'unchanged' END AS change
  UNION ALL
  MATCH (object:AttackObject {release: $before})
  WHERE NOT EXISTS { (:AttackObject {key: $after + '/' + object.stix_id}) }
  RETURN object, object.version AS version_before, [] AS steps, 'removed' AS change
}
WITH object, version_before, steps, change, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type
WHERE change <> 'unchanged' AND ($types = [] OR type IN $types)
RETURN $before AS before, $after AS after, change, type, object.attack_id AS attack_id,
  object.stix_id AS stix_id, object.name AS name, version_before,
  CASE change WHEN 'removed' THEN null ELSE object.version END AS version,
  reduce(fields = [], step IN steps | fields + [field IN step.fields WHERE NOT field IN fields]) AS fields
ORDER BY change, type, attack_id, stix_id
