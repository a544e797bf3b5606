// Log sources that would make most visible
// Which log source, collected next, completes an analytic of the most techniques that are not visible yet?
// Visible: every log source of one of its analytics is collected. Each log source is judged alone.
// revision 3
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc', limit: 25}
MATCH (environment:Environment {key: $environment})
WITH environment,
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
  } AS not_used,
  COLLECT {
    MATCH (environment)-[:RUNS]->(platform:Platform)
    UNWIND coalesce(platform.names, [platform.name]) AS name
    RETURN DISTINCT name
  } AS runs
MATCH (technique:Technique {release: $release, live: true})<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
WHERE coalesce(technique.platforms, []) = [] OR any(platform IN analytic.platforms WHERE platform IN technique.platforms
  AND (NOT coalesce(environment.platforms_stated, false) OR platform IN runs))
MATCH (analytic)-[:READS]->(source:LogSource)
WHERE NOT source.canonical IN not_used
WITH environment, collected, technique, analytic, collect(DISTINCT source.canonical) AS named
WITH environment, technique, [name IN named WHERE NOT name IN collected] AS lacking
WITH environment, technique, collect(lacking) AS ways
WHERE NOT [] IN ways
UNWIND ways AS lacking
WITH environment, technique, lacking
WHERE size(lacking) = 1
WITH * ORDER BY technique.attack_id
RETURN $release AS release, environment.key AS environment, lacking[0] AS log_source, count(DISTINCT technique) AS techniques,
  collect(DISTINCT technique.attack_id) AS technique_ids
ORDER BY techniques DESC, log_source
LIMIT $limit
