// Evidence sets by age
// Which sets of rules, detections and mappings are loaded, how old are they, and which of them are in use?
// revision 1
// :param {}
MATCH (set:EvidenceSet)
RETURN set.key AS `set`, set.name AS name, set.version AS version, set.kind AS kind, set.publisher AS publisher,
  set.domain AS domain, set.attack_version AS attack_version, set.current AS current, set.stored AS stored,
  set.claims AS claims, set.problems AS problems, toString(set.loaded_at) AS loaded_at,
  set.content_root AS content_root
ORDER BY name, current DESC, loaded_at DESC, version DESC
