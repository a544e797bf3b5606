// Entries of an environment, and what they take effect on
// What does each entry of an environment mean in the graph: how many techniques, rules and analytics does it concern?
// Platforms: techniques that have it. Log sources: rules in use and analytics that read it. Switches,
// placements (all together) and results: the evidence that matches. `as_read` is what the graph calls it, where that is something else. An entry with
// zeros takes no effect.
// revision 1
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc'}
MATCH (environment:Environment {key: $environment})
CALL (environment) {
  MATCH (environment)-[:RUNS]->(platform:Platform)
  WITH platform.name AS entry, coalesce(platform.names, [platform.name]) AS names
  RETURN 1 AS part, 0 AS place, 'platform' AS kind, entry, null AS status, null AS rules, null AS analytics, null AS evidence,
    COUNT {
      MATCH (technique:Technique {release: $release, live: true})
      WHERE any(name IN technique.platforms WHERE name IN names)
    } AS techniques, [] AS sources
  UNION ALL
  WITH environment, COLLECT {
    MATCH (rule:Rule)<-[:CONTAINS]-(:EvidenceSet {current: true})
    WHERE rule.counted
    UNWIND rule.logsources AS name
    WITH name, collect(DISTINCT rule) AS rules
    RETURN {name: name, rules: rules}
  } AS stated
  MATCH (environment)-[collecting:COLLECTS]->(source:LogSource)
  WITH stated, coalesce(collecting.declared_as, collecting.as_written) AS entry, collecting.status AS status,
    collect(DISTINCT source.canonical) AS sources
  CALL (stated, sources) {
    CALL (stated, sources) {
      UNWIND stated AS one
      WITH one WHERE one.name IN sources
      UNWIND one.rules AS rule
      RETURN rule
      UNION
      UNWIND sources AS name
      MATCH (:LogSource {canonical: name})<-[:READS]-(rule:Rule)
      WHERE rule.counted AND EXISTS { (rule)<-[:CONTAINS]-(:EvidenceSet {current: true}) }
      RETURN rule
    }
    RETURN count(DISTINCT rule) AS rules
  }
  RETURN 2 AS part, 0 AS place, 'log source' AS kind, entry, status, rules,
    COUNT {
      UNWIND sources AS name
      MATCH (:LogSource {canonical: name})<-[:READS {release: $release}]-(analytic:Analytic {live: true})
      RETURN DISTINCT analytic
    } AS analytics, null AS evidence, null AS techniques, sources
  UNION ALL
  UNWIND range(0, size(coalesce(environment.selectors, [])) - 1) AS place
  RETURN 3 AS part, place, 'enabled' AS kind, environment.selectors[place] AS entry, null AS status, null AS rules,
    null AS analytics, environment.selected[place] AS evidence, null AS techniques, [] AS sources
  UNION ALL
  WITH environment WHERE coalesce(environment.placements, []) <> []
  RETURN 4 AS part, 0 AS place, 'placements' AS kind, toString(size(environment.placements)) + ' in all' AS entry, null AS status,
    null AS rules, null AS analytics, COUNT { (environment)-[:PLACES]->(:Evidence) } AS evidence, null AS techniques, [] AS sources
  UNION ALL
  UNWIND range(0, size(coalesce(environment.results, [])) - 1) AS place
  RETURN 5 AS part, place, 'result' AS kind, environment.results[place] AS entry, null AS status, null AS rules,
    null AS analytics, environment.resulted[place] AS evidence, null AS techniques, [] AS sources
}
RETURN $release AS release, environment.key AS environment, kind, entry,
  CASE WHEN sources = [] OR sources = [entry] THEN [] ELSE sources END AS as_read, status, rules, analytics, evidence, techniques
ORDER BY part, place, coalesce(rules, 0) + coalesce(analytics, 0) + coalesce(techniques, 0) DESC, entry
