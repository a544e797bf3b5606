// Where releases and sets came from
// Which files were these releases and sets read from, and what are their hashes and roots?
// revision 1
// :param {keys: ['enterprise-attack@18.1']}
CALL () {
  MATCH (owner:Release) WHERE owner.key IN $keys
  RETURN owner, 'attack' AS kind
  UNION
  MATCH (owner:EvidenceSet) WHERE owner.key IN $keys
  RETURN owner, owner.kind AS kind
}
RETURN owner.key AS key, kind, owner.domain AS domain, owner.source_name AS source_name, owner.file_sha256 AS file_sha256,
  owner.content_root AS content_root
ORDER BY key
