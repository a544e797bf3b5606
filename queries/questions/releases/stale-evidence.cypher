// Evidence that a newer release makes stale
// Which claims meant a technique directly in the older release and do not in the newer one?
// revision 2
// :param {before: 'enterprise-attack@15.1', after: 'enterprise-attack@18.1'}
MATCH (old:Technique {release: $before})<-[:RESOLVES_TO {via: 'direct'}]-(id:AttackId)
WHERE NOT EXISTS { (id)-[:RESOLVES_TO {release: $after, via: 'direct'}]->(:AttackObject) }
MATCH (id)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE set.sample IS NULL OR $after ENDS WITH '-sample'
OPTIONAL MATCH (id)-[way:RESOLVES_TO {release: $after}]->(new:AttackObject)
WITH * ORDER BY set.key
RETURN $before AS before, $after AS after, id.id AS technique_id, old.name AS technique,
  new.attack_id AS successor_id, new.name AS successor, coalesce(way.hops, []) AS hops,
  collect(DISTINCT set.key) AS sets, count(claim) AS claims
ORDER BY technique_id
