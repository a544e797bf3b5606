// Log sources that an environment declares
// Which log sources does the environment collect, plan or not use, under which names?
// Of the statuses of a log source's names the best holds: collected, partial, planned, not_used.
// revision 2
// :param {environment: 'cloud-soc'}
MATCH (environment:Environment {key: $environment})-[collecting:COLLECTS]->(source:LogSource)
WITH environment, source.canonical AS log_source, collect(collecting.status) AS statuses
RETURN environment.key AS environment, log_source,
  head([status IN ['collected', 'partial', 'planned', 'not_used'] WHERE status IN statuses]) AS status,
  COLLECT {
    MATCH (spelled:LogSource {canonical: log_source})
    UNWIND spelled.spellings + [spelled.name] AS name
    RETURN DISTINCT name ORDER BY name
  } AS names
ORDER BY log_source
