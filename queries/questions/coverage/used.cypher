// How much each technique is used
// How many groups, campaigns and software are known to use each technique of a release?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  COUNT { MATCH (technique)<-[:USES]-(user:Group {live: true}) RETURN DISTINCT user } AS groups,
  COUNT { MATCH (technique)<-[:USES]-(user:Campaign {live: true}) RETURN DISTINCT user } AS campaigns,
  COUNT { MATCH (technique)<-[:USES]-(user:Software {live: true}) RETURN DISTINCT user } AS software
ORDER BY technique_id
