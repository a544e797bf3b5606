// References to objects that the release lacks
// Which references of the release name an object that it does not contain?
// revision 2
// :param {release: 'ics-attack@18.1'}
MATCH (:Release {key: $release})-[:HAS_PROBLEM]->(problem:Problem)
WHERE problem.code = 'dangling-reference'
RETURN $release AS release, 'dangling-reference' AS kind, problem.sha256 AS attack_id, problem.pointer AS name,
  problem.message AS detail
ORDER BY name, detail, attack_id
