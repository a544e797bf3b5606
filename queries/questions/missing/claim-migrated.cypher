// Claims that count for a successor
// Which claimed identifiers are revoked in this release, and by which way do they count for another technique?
// revision 3
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (technique:Technique {release: $release})<-[way:RESOLVES_TO {via: 'revoked-by'}]-(id:AttackId)
MATCH (id)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample')
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(evidence) })
WITH * ORDER BY set.key
RETURN $release AS release, 'claim-migrated' AS kind, id.id AS attack_id, technique.attack_id AS successor_id,
  technique.name AS successor, way.hops AS hops, count(claim) AS claims, count(DISTINCT evidence) AS evidence,
  collect(DISTINCT set.key) AS sets
ORDER BY claims DESC, attack_id
