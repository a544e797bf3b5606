// Log sources that analytics newly name
// Which log sources do the analytics of a newer release read that those of an older one do not, and are they collected?
// `status` is what the environment declares, null where it declares nothing or none is named. Two names of one are one.
// revision 1
// :param {before: 'enterprise-attack@18.0', after: 'enterprise-attack@18.1', environment: null}
MATCH (analytic:Analytic {release: $after, live: true})-[:READS]->(source:LogSource)
WITH source.canonical AS log_source, collect(DISTINCT analytic) AS analytics
WHERE NOT EXISTS {
  MATCH (:LogSource {canonical: log_source})<-[:READS {release: $before}]-(:Analytic {live: true})
}
RETURN $before AS before, $after AS after, log_source, size(analytics) AS analytics,
  COLLECT {
    UNWIND analytics AS analytic
    MATCH (analytic)<-[:HAS_ANALYTIC]-(:DetectionStrategy {live: true})-[:DETECTS]->(technique:Technique {live: true})
    RETURN DISTINCT technique.attack_id AS id ORDER BY id
  } AS technique_ids,
  head(COLLECT {
    MATCH (:Environment {key: $environment})-[declared:COLLECTS]->(:LogSource {canonical: log_source})
    RETURN declared.status AS status
    ORDER BY CASE status WHEN 'collected' THEN 0 WHEN 'partial' THEN 1 WHEN 'planned' THEN 2 ELSE 3 END
  }) AS status
ORDER BY log_source
