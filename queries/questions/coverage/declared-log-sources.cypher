// Log sources that an environment declares
// Which log sources does the environment collect, plan or not use, under which names?
// revision 1
// :param {environment: 'cloud-soc'}
MATCH (environment:Environment {key: $environment})-[collecting:COLLECTS]->(source:LogSource)
MATCH (spelled:LogSource {canonical: source.canonical})
UNWIND spelled.spellings + [spelled.name] AS name
WITH environment, source.canonical AS log_source, collecting.status AS status, name
ORDER BY name
RETURN environment.key AS environment, log_source, status, collect(DISTINCT name) AS names
ORDER BY log_source, status
