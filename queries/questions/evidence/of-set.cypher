// Evidence of a set
// Which rules, detections or capabilities does this set have, and what do they claim in this release?
// revision 3
// :param {release: 'enterprise-attack@18.1', set: 'sigmahq@r2026-04-01'}
MATCH (:EvidenceSet {key: $set})-[:CONTAINS]->(evidence:Evidence)
RETURN $release AS release, $set AS `set`, [label IN labels(evidence) WHERE label <> 'Evidence'][0] AS type,
  evidence.key AS key, evidence.id AS evidence_id, evidence.title AS title, evidence.status AS status,
  evidence.counted AS counted, coalesce(evidence.platforms, []) AS platforms, COLLECT {
    MATCH (evidence)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
    RETURN DISTINCT technique.attack_id ORDER BY technique.attack_id
  } AS technique_ids, evidence.sha256 AS sha256
ORDER BY title, evidence_id
