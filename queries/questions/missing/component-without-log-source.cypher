// Data components without a log source
// Which active data components name no log source in which they can be seen?
// Asked of releases that name log sources at all (18 and later).
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (component:DataComponent {release: $release, live: true})
WHERE NOT EXISTS { (component)-[:RECORDED_IN]->(:LogSource) }
  AND EXISTS { (:DataComponent {release: $release})-[:RECORDED_IN]->(:LogSource) }
RETURN $release AS release, 'component-without-log-source' AS kind,
  coalesce(component.attack_id, component.stix_id) AS attack_id, component.name AS name,
  COUNT { (:Analytic {live: true})-[:LOOKS_FOR]->(component) } + ' analytics' AS detail
ORDER BY attack_id, name, detail
