// Where releases and sets came from
// Which files were these releases and sets read from, who publishes them, what are their hashes and roots, and where did
// they come from?
// revision 3
// :param {keys: ['enterprise-attack@18.1']}
CALL () {
  MATCH (owner:Release) WHERE owner.key IN $keys
  RETURN owner, 'attack' AS kind
  UNION
  MATCH (owner:EvidenceSet) WHERE owner.key IN $keys
  RETURN owner, owner.kind AS kind
}
RETURN owner.key AS key, kind, owner.domain AS domain, owner.publisher AS publisher, owner.source_name AS source_name,
  owner.file_sha256 AS file_sha256,
  owner.content_root AS content_root, owner.published_as AS published_as, owner.source_url AS source_url,
  owner.fetched_on AS fetched_on, owner.git_commit AS git_commit
ORDER BY key
