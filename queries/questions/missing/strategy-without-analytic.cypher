// Detection strategies without an analytic
// Which detection strategies have no analytic?
// revision 2
// :param {release: 'ics-attack@18.1'}
MATCH (strategy:DetectionStrategy {release: $release, live: true})
WHERE NOT EXISTS { (strategy)-[:HAS_ANALYTIC]->(:Analytic {live: true}) }
OPTIONAL MATCH (strategy)-[:DETECTS]->(technique:Technique)
RETURN $release AS release, 'strategy-without-analytic' AS kind, strategy.attack_id AS attack_id,
  strategy.name AS name, coalesce('detects ' + technique.attack_id, '') AS detail
ORDER BY attack_id, detail, name
