// Loaded environments
// Which environments are loaded, what do they run, and how much do they collect, enable and try out?
// Two names of one log source are one.
// revision 3
// :param {}
MATCH (environment:Environment)
RETURN environment.key AS environment,
  COLLECT { MATCH (environment)-[:RUNS]->(platform:Platform) RETURN platform.name ORDER BY platform.name } AS platforms,
  COUNT { MATCH (environment)-[:COLLECTS]->(s:LogSource) RETURN DISTINCT s.canonical } AS log_sources,
  COUNT { MATCH (environment)-[:COLLECTS {sees: true}]->(s:LogSource) RETURN DISTINCT s.canonical } AS collected,
  COUNT { (environment)-[:ENABLES]->(:Evidence) } AS enabled,
  COUNT { (environment)-[:VALIDATED]->(:Evidence) } AS validated,
  toString(environment.loaded_at) AS loaded_at, environment.content_root AS content_root
ORDER BY environment
