// Claims on platforms that the technique does not have
// Which evidence runs on platforms of which the claimed technique has none?
// revision 4
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release})<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(evidence) })
  AND technique.platforms <> []
WITH technique, evidence, set,
  [name IN coalesce(evidence.runs_on, evidence.platforms, []) WHERE NOT name IN coalesce(loaded.names_elsewhere, [])] AS on
WHERE on <> [] AND none(name IN on WHERE name IN technique.platforms)
RETURN $release AS release, 'claim-off-platform' AS kind, technique.attack_id AS attack_id,
  technique.name AS name, evidence.id AS evidence_id, evidence.title AS title, set.key AS `set`,
  evidence.platforms AS platforms, technique.platforms AS technique_platforms
ORDER BY attack_id, `set`, title, evidence_id
