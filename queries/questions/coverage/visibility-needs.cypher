// What techniques need to be visible
// Which log sources does each analytic of a technique read, and which of them are not collected?
// A technique is visible when one analytic for a platform that is run lacks none. Log sources declared as not used
// are left out, and so is an analytic that reads no other. Without an environment (null) nothing is collected yet.
// Where ATT&CK states no platform for a technique, all its analytics count.
// revision 3
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc'}
OPTIONAL MATCH (environment:Environment {key: $environment})
WITH environment
WHERE $environment IS NULL OR environment IS NOT NULL
WITH environment, coalesce(environment.platforms_stated, false) AS stated,
  COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } AS runs,
  COLLECT {
    MATCH (environment)-[:COLLECTS {sees: true}]->(s:LogSource)
    RETURN DISTINCT s.canonical
  } AS collected,
  COLLECT {
    MATCH (environment)-[:COLLECTS {status: 'not_used'}]->(s:LogSource)
    WHERE NOT EXISTS {
      MATCH (environment)-[other:COLLECTS]->(:LogSource {canonical: s.canonical}) WHERE other.status <> 'not_used'
    }
    RETURN DISTINCT s.canonical
  } AS not_used
MATCH (technique:Technique {release: $release, live: true})<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
WITH *, [platform IN analytic.platforms WHERE platform IN technique.platforms AND (NOT stated OR platform IN runs)] AS platforms
WHERE platforms <> [] OR coalesce(technique.platforms, []) = []
WITH technique, analytic, coalesce(platforms, []) AS platforms, collected, COLLECT {
    MATCH (analytic)-[:READS]->(source:LogSource)
    WHERE NOT source.canonical IN not_used
    RETURN DISTINCT source.canonical AS name ORDER BY name
  } AS log_sources
WHERE log_sources <> []
RETURN $release AS release, $environment AS environment, technique.attack_id AS technique_id, technique.name AS technique,
  analytic.attack_id AS analytic_id, platforms, log_sources, [name IN log_sources WHERE NOT name IN collected] AS lacking
ORDER BY technique_id, analytic_id
