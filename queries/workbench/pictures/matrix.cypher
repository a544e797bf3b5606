// The matrix of a release
// Which matrices and tactics does the release have?
// :param {release: 'enterprise-attack@18.1'}
MATCH column = (:Release {key: $release})-[:CONTAINS]->(:Matrix)-[:HAS_TACTIC]->(:Tactic)
RETURN column
LIMIT 150
