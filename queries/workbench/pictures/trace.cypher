// The paths of a trace
// Through which evidence and guidance does one get from here to techniques and tactics, and which logs do they read?
// `id` is an ATT&CK or STIX id, or that of a piece of evidence; `to` keeps one piece, `environment` what it enables.
// revision 2
// :param {release: 'enterprise-attack@18.1', id: 'AN0496', to: null, environment: null}
MATCH (loaded:Release {key: $release})
MATCH (start:AttackObject|Evidence)
WHERE start.key = $id OR CASE WHEN start:Evidence THEN start.id = $id
  ELSE start.release = $release AND (start.attack_id = $id OR start.stix_id = $id) END
MATCH (technique:Technique {release: $release, live: true})
WHERE technique = start OR EXISTS { (start:Tactic)<-[:ACHIEVES]-(technique) }
  OR EXISTS { (start:DetectionStrategy|DataComponent)-[:DETECTS]->(technique) }
  OR EXISTS { (start:Analytic)<-[:HAS_ANALYTIC]-(:DetectionStrategy)-[:DETECTS]->(technique) }
  OR EXISTS { (start:DataComponent)<-[:LOOKS_FOR]-(:Analytic)<-[:HAS_ANALYTIC]-(:DetectionStrategy)-[:DETECTS]->(technique) }
  OR EXISTS { (start:Evidence)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO]->(technique) }
RETURN technique,
  COLLECT { MATCH way = (technique)-[:ACHIEVES]->(tactic:Tactic) WHERE NOT start:Tactic OR tactic = start RETURN way } AS tactics,
  COLLECT {
    MATCH way = (technique)<-[:RESOLVES_TO]-(:AttackId)<-[:CLAIMS]-(piece:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
    WHERE (start:Technique OR start:Tactic OR start = piece OR $to IS NOT NULL)
      AND (set.current AND (set.sample IS NULL OR loaded.sample) OR start = piece OR $to IS NOT NULL)
      AND ($to IS NULL OR piece.id = $to OR piece.key = $to)
      AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(piece) })
    OPTIONAL MATCH reads = (piece)-[:READS]->(:LogSource)
    RETURN [way, reads] } AS evidence,
  COLLECT {
    MATCH way = (technique)<-[:DETECTS]-(strategy:DetectionStrategy)-[:HAS_ANALYTIC]->(analytic:Analytic)
    WHERE strategy.live AND analytic.live AND NOT start:Evidence AND $to IS NULL AND (start:Technique OR start:Tactic OR start = strategy OR start = analytic
      OR EXISTS { (analytic)-[:LOOKS_FOR]->(start) })
    OPTIONAL MATCH reads = (analytic)-[:READS|LOOKS_FOR]->()
    RETURN [way, reads] } AS guidance,
  COLLECT { MATCH way = (technique)<-[:DETECTS]-(component:DataComponent)
    WHERE component.live AND NOT start:Evidence AND $to IS NULL RETURN way } AS components
LIMIT 150
