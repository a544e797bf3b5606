// What changed between two releases, by type
// How many objects of each type were added, removed, revoked, deprecated or rewritten between two releases?
// `content` is a change of meaning; `schema` and `bookkeeping` are not. The two releases themselves are compared,
// field by field, whatever is loaded in between.
// revision 2
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
CALL () {
  MATCH (later:Release {key: $after})
  MATCH (new:AttackObject {release: later.key})
  OPTIONAL MATCH (old:AttackObject {key: $before + '/' + new.stix_id})
  WITH later, new, old, CASE WHEN new.sha256 = old.sha256 THEN [] ELSE
    [each IN coalesce(new.field_digests, []) WHERE NOT each IN coalesce(old.field_digests, [])]
    + [each IN coalesce(old.field_digests, []) WHERE NOT each IN coalesce(new.field_digests, [])] END AS differing
  WITH later, new, old, [each IN differing | split(each, '=')[0]] AS fields
  WITH later, new, old, fields, [field IN fields
    WHERE NOT field IN ['modified', 'x_mitre_modified_by_ref', 'x_mitre_attack_spec_version']] AS telling
  RETURN new AS object, CASE
    WHEN old IS NULL THEN 'added'
    WHEN new.revoked AND NOT old.revoked THEN 'revoked'
    WHEN new.deprecated AND NOT old.deprecated THEN 'deprecated'
    WHEN new.sha256 <> old.sha256 AND (new.field_digests IS NULL OR old.field_digests IS NULL) THEN 'content'
    WHEN any(field IN telling WHERE split(new.stix_id, '--')[0] + '.' + field IN later.fields_used) THEN 'content'
    WHEN telling <> [] THEN 'schema'
    WHEN fields <> [] THEN 'bookkeeping'
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
