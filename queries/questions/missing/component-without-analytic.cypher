// Data components that nothing looks for
// Which active data components does no analytic look for and, up to 17, no technique need?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (component:DataComponent {release: $release, live: true})
WHERE NOT EXISTS { (:Analytic {live: true})-[:LOOKS_FOR]->(component) }
  AND NOT EXISTS { (component)-[:DETECTS]->(:Technique {live: true}) }
RETURN $release AS release, 'component-without-analytic' AS kind,
  coalesce(component.attack_id, component.stix_id) AS attack_id, component.name AS name,
  COUNT { (component)-[:RECORDED_IN]->(:LogSource) } + ' log sources' AS detail
ORDER BY attack_id, name, detail
