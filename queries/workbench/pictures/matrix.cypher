// The matrix of a release
// Which matrices and tactics does the release have?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH column = (:Matrix {release: $release})-[:HAS_TACTIC]->(:Tactic)
RETURN column
LIMIT 150
