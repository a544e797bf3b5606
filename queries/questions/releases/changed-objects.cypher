// Objects that changed between two releases
// Which objects are new, gone, revoked, deprecated or rewritten since an older release, and in which fields?
// The two releases themselves are compared, field by field, whatever is loaded in between. Objects whose meaning
// stayed the same (schema, bookkeeping) are left out. `types` narrows it; [] is all of them.
// revision 2
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1', types: ['Technique']}
CALL () {
  MATCH (later:Release {key: $after})
  MATCH (new:AttackObject {release: later.key})
  OPTIONAL MATCH (old:AttackObject {key: $before + '/' + new.stix_id})
  WITH later, new, old, CASE WHEN old IS NULL OR new.sha256 = old.sha256 THEN [] ELSE
    [each IN coalesce(new.field_digests, []) WHERE NOT each IN coalesce(old.field_digests, [])]
    + [each IN coalesce(old.field_digests, []) WHERE NOT each IN coalesce(new.field_digests, [])] END AS differing
  WITH later, new, old, reduce(names = [], name IN [each IN differing | split(each, '=')[0]] |
    CASE WHEN name IN names THEN names ELSE names + name END) AS fields
  RETURN new AS object, old.version AS version_before, fields, CASE
    WHEN old IS NULL THEN 'added'
    WHEN new.revoked AND NOT old.revoked THEN 'revoked'
    WHEN new.deprecated AND NOT old.deprecated THEN 'deprecated'
    WHEN new.sha256 <> old.sha256 AND (new.field_digests IS NULL OR old.field_digests IS NULL) THEN 'content'
    WHEN any(field IN fields WHERE split(new.stix_id, '--')[0] + '.' + field IN later.fields_used
      AND NOT field IN ['modified', 'x_mitre_modified_by_ref', 'x_mitre_attack_spec_version']) THEN 'content'
    ELSE 'unchanged' END AS change
  UNION ALL
  MATCH (object:AttackObject {release: $before})
  WHERE NOT EXISTS { (:AttackObject {key: $after + '/' + object.stix_id}) }
  RETURN object, object.version AS version_before, [] AS fields, 'removed' AS change
}
WITH object, version_before, fields, change, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type
WHERE change <> 'unchanged' AND ($types = [] OR type IN $types)
RETURN $before AS before, $after AS after, change, type, object.attack_id AS attack_id,
  object.stix_id AS stix_id, object.name AS name, version_before,
  CASE change WHEN 'removed' THEN null ELSE object.version END AS version,
  COLLECT { UNWIND fields AS field RETURN field ORDER BY field } AS fields
ORDER BY change, type, attack_id, stix_id
