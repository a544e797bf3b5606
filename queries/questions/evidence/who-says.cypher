// Who claims what about a technique
// Which sets claim to detect, protect, respond to or mitigate it, with how much evidence and confidence?
// revision 3
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND claim.counted
WITH * ORDER BY claim.effectiveness
RETURN $release AS release, technique.attack_id AS technique_id, set.key AS `set`, set.publisher AS publisher,
  set.current AS current, set.attack_version AS attack_version, claim.category AS category,
  count(DISTINCT evidence) AS evidence, collect(DISTINCT claim.effectiveness) AS effectiveness,
  min(claim.confidence) AS confidence_min, max(claim.confidence) AS confidence_max, max(coalesce(claim.as_of, evidence.modified, evidence.date)) AS as_of
ORDER BY current DESC, `set`, category
