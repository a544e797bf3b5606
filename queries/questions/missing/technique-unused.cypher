// Techniques without a known user
// Which active techniques does no active group, campaign or software use?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
WHERE NOT EXISTS { (:Group|Campaign|Software {live: true})-[:USES]->(technique) }
RETURN $release AS release, 'technique-unused' AS kind, technique.attack_id AS attack_id, technique.name AS name,
  CASE WHEN EXISTS { (technique)<-[:SUBTECHNIQUE_OF]-(:Technique {live: true})<-[:USES]-(:Group|Campaign|Software {live: true}) }
    THEN 'a sub-technique is used' ELSE '' END AS detail
ORDER BY attack_id, name, detail
