// Loaded environments
// Which environments are loaded, what do they run, and how much do they collect, enable and try out?
// revision 2
// :param {}
MATCH (environment:Environment)
RETURN environment.key AS environment,
  COLLECT { MATCH (environment)-[:RUNS]->(platform:Platform) RETURN platform.name ORDER BY platform.name } AS platforms,
  COUNT { (environment)-[:COLLECTS]->(:LogSource) } AS log_sources,
  COUNT {
    MATCH (environment)-[:COLLECTS {sees: true}]->(:LogSource)
  } AS collected,
  COUNT { (environment)-[:ENABLES]->(:Evidence) } AS enabled,
  COUNT { (environment)-[:VALIDATED]->(:Evidence) } AS validated,
  toString(environment.loaded_at) AS loaded_at, environment.content_root AS content_root
ORDER BY environment
