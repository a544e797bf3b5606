// Roots of what is loaded
// Which releases, sets and environments are loaded, and by which roots are they told from others of the same name?
// `tables` is the SHA-256 of our tables that derived relationships of a set were made with.
// revision 2
// :param {}
CALL () {
  MATCH (loaded:Release)
  RETURN 'release' AS kind, loaded.key AS key, loaded.domain AS domain, loaded.content_root AS content_root,
    null AS tables, true AS in_use
  UNION ALL
  MATCH (loaded:EvidenceSet)
  RETURN 'set' AS kind, loaded.key AS key, loaded.domain AS domain, loaded.content_root AS content_root,
    loaded.tables_sha256 AS tables, coalesce(loaded.current, false) AS in_use
  UNION ALL
  MATCH (loaded:Environment)
  RETURN 'environment' AS kind, loaded.key AS key, null AS domain, loaded.content_root AS content_root,
    null AS tables, true AS in_use
  UNION ALL
  MATCH (loaded:AnnotationSet)
  RETURN 'annotations' AS kind, loaded.key AS key, null AS domain, loaded.content_root AS content_root,
    null AS tables, true AS in_use
}
RETURN kind, key, domain, content_root, tables, in_use
ORDER BY kind, key
