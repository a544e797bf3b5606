// An environment of yours
// Which platforms does it run, which log sources does it collect, and what is switched on? 40 pieces of evidence are drawn.
// revision 1
// :param {environment: 'cloud-soc'}
MATCH (environment:Environment {key: $environment})
CALL (environment) {
  MATCH of_yours = (environment)-[:RUNS|COLLECTS]->()
  RETURN of_yours
  UNION ALL
  MATCH of_yours = (environment)-[:ENABLES]->(piece:Evidence)
  RETURN of_yours ORDER BY piece.title LIMIT 40
}
RETURN of_yours
LIMIT 150
