// What a piece of evidence claims
// Which identifiers does this rule, detection or capability claim, and what do they mean in this release?
// revision 3
// :param {release: 'enterprise-attack@18.1', id: '9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a'}
MATCH (evidence:Evidence)
WHERE evidence.id = $id OR evidence.key = $id
MATCH (evidence)-[claim:CLAIMS]->(claimed:AttackId)
OPTIONAL MATCH (claimed)-[way:RESOLVES_TO {release: $release}]->(object:AttackObject)
RETURN $release AS release, evidence.key AS key, claimed.id AS claimed_id, object.attack_id AS technique_id,
  object.name AS technique, way.via AS via, coalesce(way.hops, []) AS hops, claim.category AS category,
  claim.effectiveness AS effectiveness, claim.confidence AS confidence, claim.basis AS basis,
  claim.status AS status, claim.as_of AS as_of, claim.comment AS comment, coalesce(claim.count, 1) AS count,
  claim.counted AS counted, claim.origin_file AS origin_file,
  claim.origin_pointer AS origin_pointer, claim.origin_sha256 AS origin_sha256
ORDER BY key, claimed_id, category, origin_file, origin_pointer, effectiveness, confidence, comment
