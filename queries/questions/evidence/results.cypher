// Results of tests in an environment
// What did running tests and trying out rules give here, and when?
// As the environment states it, the newest first. A result changes no state of coverage; `validated` does.
// revision 1
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc'}
MATCH (environment:Environment {key: $environment})-[result:HAS_RESULT]->(tried)
RETURN $release AS release, environment.key AS environment, result.state AS state, result.on AS on,
  CASE WHEN tried:Test THEN 'test' ELSE 'rule' END AS tried, tried.id AS id, tried.title AS title, tried.set AS `set`,
  COLLECT {
    MATCH (tried)-[:CLAIMS|EXERCISES]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
    RETURN DISTINCT technique.attack_id ORDER BY technique.attack_id
  } AS technique_ids, result.note AS note
ORDER BY on DESC, tried, title, id, `set`, state, note
