// Techniques that many use and nobody detects
// Which techniques without any detection claim are used by the most groups and campaigns?
// revision 3
// :param {release: 'enterprise-attack@18.1', limit: 25}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release, live: true})
WHERE NOT EXISTS {
  MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
  WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
}
MATCH (user:Group|Campaign {live: true})-[:USES]->(technique)
WITH * ORDER BY user.name
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  coalesce(technique.platforms, []) AS platforms, count(DISTINCT user) AS users, collect(DISTINCT user.name)[..5] AS examples
ORDER BY users DESC, technique_id
LIMIT $limit
