// Rules that compile
// To which SIEM dialects do the rules compile, and how many fail?
// Compiling is not detecting: it says that the rule can be run, not that it finds anything.
// revision 1
// :param {}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)-[validation:VALIDATED_BY]->(dialect:Dialect)
WITH * ORDER BY rule.id
RETURN set.key AS `set`, dialect.name AS dialect, validation.backend_version AS backend_version,
  sum(toInteger(validation.ok)) AS compiled, count(*) - sum(toInteger(validation.ok)) AS failed,
  collect(CASE WHEN validation.ok THEN null ELSE rule.id END)[..5] AS examples
ORDER BY `set`, dialect, backend_version
