// Techniques covered by experimental rules only
// Which techniques are claimed by rules of status experimental and by nothing else?
// Evidence that states no status is something else.
// A rule that several sets in use hold is one piece.
// revision 4
// :param {release: 'enterprise-attack@18.1'}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release, live: true})<-[way:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
OPTIONAL MATCH (evidence)-[:REPORTED_BY]->(source:NativeSource)
WITH technique, way, evidence, set, source, coalesce(claim.status, evidence.status) AS status
ORDER BY evidence.title, evidence.id, set.key, status
WITH technique, collect(DISTINCT evidence) AS pieces, count(DISTINCT coalesce(evidence.identity, evidence.key)) AS distinct_pieces, collect(DISTINCT set.key) AS sets, collect(DISTINCT status) AS statuses,
  count(status) = count(*) AS all_state_one,
  collect(DISTINCT way.via) AS ways, collect(DISTINCT coalesce(source.kind, 'none')) AS kinds
WHERE statuses = ['experimental'] AND all_state_one
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique, distinct_pieces AS evidence,
  statuses, sets, [piece IN pieces | coalesce(piece.title, piece.id)][..5] AS titles
ORDER BY technique_id
