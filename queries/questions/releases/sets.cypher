// Sets by age
// Which sets of rules, detections, mappings and annotations are loaded, how old are they, and which are in use?
// An annotation set has no versions: it is in use. Its `stored` and `claims` are its annotations and their claims.
// revision 6
// :param {}
CALL () {
  MATCH (set:EvidenceSet)
  RETURN set, set.name AS name, set.kind AS kind, set.current AS current, set.problems AS problems
  UNION ALL
  MATCH (set:AnnotationSet)
  RETURN set, set.key AS name, 'attack-annotations/1' AS kind, true AS current, 0 AS problems
}
RETURN set.key AS `set`, name, set.version AS version, kind, set.publisher AS publisher, set.domain AS domain,
  set.attack_version AS attack_version, current, set.stored AS stored, set.claims AS claims, problems,
  toString(set.loaded_at) AS loaded_at, set.content_root AS content_root,
  COUNT { (set)-[:HAS_PROBLEM]->(:Problem {severity: 'note'}) } AS notes,
  COUNT { (set)-[:HAS_PROBLEM]->(:Problem {severity: 'skipped'}) } AS skipped,
  COUNT { (set)-[:HAS_PROBLEM]->(:Problem {severity: 'fatal'}) } AS rejected,
  coalesce(set.sample, false) AS sample, set.source_name AS source_name, set.file_sha256 AS file_sha256,
  set.source_url AS source_url, set.fetched_on AS fetched_on, set.git_commit AS git_commit,
  coalesce(set.alias_files, []) AS alias_files, set.tables_root AS tables_root
ORDER BY name, current DESC, loaded_at DESC, version DESC, `set`
