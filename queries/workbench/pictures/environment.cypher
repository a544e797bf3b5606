// An environment of yours
// Which platforms does it run, which log sources does it collect, and what evidence is switched on?
// :param {environment: 'cloud-soc'}
MATCH (environment:Environment {key: $environment})
MATCH of_yours = (environment)-[:RUNS|COLLECTS|ENABLES]->()
RETURN of_yours
LIMIT 150
