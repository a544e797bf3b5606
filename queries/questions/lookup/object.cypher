// An object by its identifier
// What is the object of this ATT&CK or STIX identifier in this release? If there are several, the active one comes first.
// The mitigations that carried the ids of techniques until 2018 come after the techniques.
// revision 4
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (object:AttackObject)
WHERE object.release = $release AND (object.attack_id = $attack_id OR object.stix_id = $attack_id)
MATCH (loaded:Release {key: $release})
RETURN object.release AS release, [label IN labels(object) WHERE label <> 'AttackObject'][0] AS type,
  object.attack_id AS attack_id, object.stix_id AS stix_id, object.name AS name,
  object.description AS description, object.url AS url, object.created AS created, object.modified AS modified,
  object.version AS version, object.live AS live, object.revoked AS revoked, object.deprecated AS deprecated,
  coalesce(object.platforms, []) AS platforms, coalesce(object.aliases, []) AS aliases,
  coalesce(object.domains, []) AS domains, object.shortname AS shortname, object.kind AS kind,
  object.is_subtechnique AS is_subtechnique, object.detection AS detection, object.first_seen AS first_seen,
  object.last_seen AS last_seen, coalesce(object.mutable_elements, []) AS mutable_elements,
  coalesce(object.mutable_element_notes, []) AS mutable_element_notes, object.sha256 AS sha256,
  loaded.file_sha256 AS file_sha256, loaded.published_as AS published_as
ORDER BY live DESC, object:Mitigation AND NOT attack_id =~ '(?:.*-)?M\\d+', type, stix_id
