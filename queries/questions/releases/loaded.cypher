// Loaded releases
// Which ATT&CK releases are loaded, how large are they, which hashes identify them, and where did they come from?
// revision 4
// :param {}
MATCH (loaded:Release)
RETURN loaded.key AS release, loaded.domain AS domain, loaded.version AS version, loaded.sample AS sample,
  loaded.objects AS objects, loaded.relationships AS relationships, loaded.problems AS problems,
  toString(loaded.loaded_at) AS loaded_at, loaded.fingerprint AS fingerprint,
  loaded.content_root AS content_root,
  COUNT { (loaded)-[:HAS_PROBLEM]->(:Problem {severity: 'note'}) } AS notes,
  COUNT { (loaded)-[:HAS_PROBLEM]->(:Problem {severity: 'skipped'}) } AS skipped,
  COUNT { (loaded)-[:HAS_PROBLEM]->(:Problem {severity: 'fatal'}) } AS rejected,
  loaded.source_name AS source_name, loaded.file_sha256 AS file_sha256, loaded.published_as AS published_as,
  loaded.source_url AS source_url, loaded.fetched_on AS fetched_on, loaded.git_commit AS git_commit
ORDER BY domain, sample, loaded.major DESC, loaded.minor DESC, loaded.version ENDS WITH '-beta', loaded.key
