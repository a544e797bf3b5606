// Loaded releases
// Which ATT&CK releases are loaded, how large are they, and which hashes identify them?
// revision 1
// :param {}
MATCH (loaded:Release)
RETURN loaded.key AS release, loaded.domain AS domain, loaded.version AS version, loaded.sample AS sample,
  loaded.objects AS objects, loaded.relationships AS relationships, loaded.problems AS problems,
  toString(loaded.loaded_at) AS loaded_at, loaded.fingerprint AS fingerprint,
  loaded.content_root AS content_root
ORDER BY domain, sample, loaded.major DESC, loaded.minor DESC
