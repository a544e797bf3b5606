// Loaded releases
// Which ATT&CK releases are loaded, how large are they, and which hashes identify them?
// revision 2
// :param {}
MATCH (loaded:Release)
RETURN loaded.key AS release, loaded.domain AS domain, loaded.version AS version, loaded.sample AS sample,
  loaded.objects AS objects, loaded.relationships AS relationships, loaded.problems AS problems,
  toString(loaded.loaded_at) AS loaded_at, loaded.fingerprint AS fingerprint,
  loaded.content_root AS content_root,
  COUNT { (loaded)-[:HAS_PROBLEM]->(:Problem {severity: 'note'}) } AS notes,
  COUNT { (loaded)-[:HAS_PROBLEM]->(:Problem {severity: 'skipped'}) } AS skipped,
  COUNT { (loaded)-[:HAS_PROBLEM]->(:Problem {severity: 'fatal'}) } AS rejected
ORDER BY domain, sample, loaded.major DESC, loaded.minor DESC
