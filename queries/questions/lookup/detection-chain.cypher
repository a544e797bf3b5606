// From tactic to log source
// Through which strategy, analytic and component does ATT&CK lead from a technique to the logs that show it?
// The identifier may be a technique's, a strategy's, an analytic's or a component's. One row per reference.
// revision 3
// :param {release: 'enterprise-attack@18.1', attack_id: 'AN0496'}
CALL () {
  MATCH (analytic:Analytic {attack_id: $attack_id, release: $release})
  RETURN analytic
  UNION
  MATCH (:DetectionStrategy {attack_id: $attack_id, release: $release})-[:HAS_ANALYTIC]->(analytic:Analytic)
  RETURN analytic
  UNION
  MATCH (:Technique {attack_id: $attack_id, release: $release})<-[:DETECTS]-(:DetectionStrategy {live: true})-[:HAS_ANALYTIC]->(analytic:Analytic {live: true})
  RETURN analytic
  UNION
  MATCH (:DataComponent {attack_id: $attack_id, release: $release})<-[:LOOKS_FOR]-(analytic:Analytic {live: true})
  RETURN analytic
}
MATCH (analytic)<-[:HAS_ANALYTIC]-(strategy:DetectionStrategy)-[:DETECTS]->(technique:Technique)
OPTIONAL MATCH (analytic)-[reading:READS]->(source:LogSource)
OPTIONAL MATCH (component:AttackObject {key: $release + '/' + reading.component})
RETURN $release AS release,
  COLLECT { MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.attack_id ORDER BY tactic.attack_id } AS tactic_ids,
  COLLECT { MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname ORDER BY tactic.attack_id } AS tactics,
  technique.attack_id AS technique_id, technique.name AS technique, strategy.attack_id AS strategy_id,
  strategy.name AS strategy, analytic.attack_id AS analytic_id, analytic.name AS analytic,
  coalesce(analytic.platforms, []) AS platforms, component.attack_id AS component_id, component.name AS component,
  source.name AS log_source, source.canonical AS canonical, reading.channel AS channel
ORDER BY technique_id, analytic_id, component_id, log_source, channel, technique, strategy_id, strategy, analytic, component
