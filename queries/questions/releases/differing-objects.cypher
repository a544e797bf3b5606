// Objects that differ between two releases
// Which objects are new, gone, revoked, deprecated or otherwise than in an older release, and in which fields?
// `content` is a change of meaning; `schema` and `bookkeeping` are not. All of `releases.changed-objects`, and these two.
// revision 1
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
CALL () {
  MATCH (later:Release {key: $after})
  MATCH (new:AttackObject {release: later.key})
  OPTIONAL MATCH (old:AttackObject {key: $before + '/' + new.stix_id})
  WITH later, new, old WHERE old IS NULL OR new.sha256 <> old.sha256
  WITH later, new, old,
    [each IN coalesce(new.field_digests, []) WHERE NOT each IN coalesce(old.field_digests, [])]
    + [each IN coalesce(old.field_digests, []) WHERE NOT each IN coalesce(new.field_digests, [])] AS differing
  WITH later, new, old, CASE WHEN old IS NULL THEN [] ELSE [each IN differing | split(each, '=')[0]] END AS fields
  RETURN new AS object, old.version AS version_before, fields, CASE
    WHEN old IS NULL THEN 'added'
    WHEN new.revoked AND NOT old.revoked THEN 'revoked'
    WHEN new.deprecated AND NOT old.deprecated THEN 'deprecated'
    WHEN new.field_digests IS NULL OR old.field_digests IS NULL THEN 'content'
    WHEN any(field IN fields WHERE split(new.stix_id, '--')[0] + '.' + field IN later.fields_used
      AND NOT field IN ['modified', 'x_mitre_modified_by_ref', 'x_mitre_attack_spec_version']) THEN 'content'
    WHEN any(field IN fields WHERE NOT field IN ['modified', 'x_mitre_modified_by_ref', 'x_mitre_attack_spec_version']) THEN 'schema'
    WHEN fields <> [] THEN 'bookkeeping'
    ELSE 'unchanged' END AS change
  UNION ALL
  MATCH (object:AttackObject {release: $before})
  WHERE NOT EXISTS { (:AttackObject {key: $after + '/' + object.stix_id}) }
  RETURN object, object.version AS version_before, [] AS fields, 'removed' AS change
}
WITH object, version_before, fields, change WHERE change <> 'unchanged'
RETURN change, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type, object.attack_id AS attack_id,
  object.stix_id AS stix_id, object.name AS name, version_before,
  CASE change WHEN 'removed' THEN null ELSE object.version END AS version, fields
ORDER BY change, type, attack_id, stix_id
