// Confidence without a basis
// Which claims state a number for their confidence and not what it rests on?
// revision 3
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release})<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND claim.confidence IS NOT NULL AND claim.basis IS NULL
OPTIONAL MATCH (evidence)-[:REPORTED_BY]->(source:NativeSource)
RETURN $release AS release, set.key AS `set`, source.name AS source, technique.attack_id AS technique_id,
  claim.confidence AS confidence, coalesce(evidence.count, 1) AS pieces, claim.as_of AS as_of,
  claim.origin_file AS origin_file, claim.origin_pointer AS origin_pointer
ORDER BY `set`, source, technique_id, origin_file, origin_pointer, confidence, pieces, as_of
