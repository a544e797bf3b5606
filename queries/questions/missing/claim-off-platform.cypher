// Claims on platforms that the technique does not have
// Which evidence runs on platforms of which the claimed technique has none?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release})<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE coalesce(claim.counted, true) AND coalesce(evidence.counted, true) AND evidence.platforms <> []
  AND none(platform IN evidence.platforms WHERE platform IN coalesce(technique.platforms, []))
RETURN $release AS release, 'claim-off-platform' AS kind, technique.attack_id AS attack_id,
  technique.name AS name, evidence.id AS evidence_id, evidence.title AS title, set.key AS `set`,
  evidence.platforms AS platforms, coalesce(technique.platforms, []) AS technique_platforms
ORDER BY attack_id, `set`, title, evidence_id
