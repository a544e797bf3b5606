// What changed between two releases, by type
// How many objects of each type were added, removed, revoked, deprecated or rewritten between two releases?
// `content` is a change of meaning; `schema` and `bookkeeping` are not. The releases need not be neighbors.
// revision 1
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
CALL () {
  MATCH (new:AttackObject {release: $after})
  OPTIONAL MATCH (old:AttackObject {key: $before + '/' + new.stix_id})
  OPTIONAL MATCH (new)-[steps:SUCCEEDS*1..40]->(old)
  WITH new, old, [step IN coalesce(steps, []) | step.change] AS steps
  RETURN new AS object, CASE
    WHEN old IS NULL THEN 'added'
    WHEN new.revoked AND NOT old.revoked THEN 'revoked'
    WHEN new.deprecated AND NOT old.deprecated THEN 'deprecated'
    WHEN new.sha256 = old.sha256 THEN 'unchanged'
    WHEN steps = [] OR 'content' IN steps THEN 'content'
    WHEN 'schema' IN steps THEN 'schema'
    WHEN 'bookkeeping' IN steps THEN 'bookkeeping'
    ELSE 'unchanged' END AS change
  UNION ALL
  MATCH (object:AttackObject {release: $before})
  WHERE NOT EXISTS { (:AttackObject {key: $after + '/' + object.stix_id}) }
  RETURN object, 'removed' AS change
}
WITH [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type, change
RETURN $before AS before, $after AS after, type,
  sum(CASE change WHEN 'added' THEN 1 ELSE 0 END) AS added,
  sum(CASE change WHEN 'removed' THEN 1 ELSE 0 END) AS removed,
  sum(CASE change WHEN 'revoked' THEN 1 ELSE 0 END) AS revoked,
  sum(CASE change WHEN 'deprecated' THEN 1 ELSE 0 END) AS deprecated,
  sum(CASE change WHEN 'content' THEN 1 ELSE 0 END) AS content,
  sum(CASE change WHEN 'schema' THEN 1 ELSE 0 END) AS schema,
  sum(CASE change WHEN 'bookkeeping' THEN 1 ELSE 0 END) AS bookkeeping,
  sum(CASE change WHEN 'unchanged' THEN 1 ELSE 0 END) AS unchanged
ORDER BY type
