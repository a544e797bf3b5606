// Relationships of a release by kind
// Which types join which, how often?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (source:AttackObject {release: $release})-[link:!SUCCEEDS]->(target:AttackObject|LogSource)
RETURN $release AS release, [label IN labels(source) WHERE label <> 'AttackObject'][0] AS source_type,
  type(link) AS relationship, [label IN labels(target) WHERE label <> 'AttackObject'][0] AS target_type,
  count(*) AS count
ORDER BY source_type, relationship, target_type
