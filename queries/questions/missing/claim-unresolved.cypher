// Claims that this release does not resolve
// Which claimed identifiers does the release not resolve, why, and where are they known?
// revoked without a living successor: no-successor; deprecated; two live objects or successors: ambiguous; only in other releases
// of the domain: elsewhere; only in another domain: other-domain; in no loaded release: unknown.
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (loaded:Release {key: $release})
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(evidence:Evidence)-[claim:CLAIMS]->(id:AttackId)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample')
  AND NOT EXISTS { (id)-[:RESOLVES_TO {release: $release}]->(:AttackObject) }
WITH * ORDER BY set.key
WITH loaded, id, count(claim) AS claims, count(DISTINCT evidence) AS evidence, collect(DISTINCT set.key) AS sets
OPTIONAL MATCH (id)<-[:HAS_ID]-(object:AttackObject)
OPTIONAL MATCH (home:Release {key: object.release})
WITH * ORDER BY home.key
WITH loaded, id, claims, evidence, sets, collect(DISTINCT object) AS objects, collect(DISTINCT home) AS homes
WITH *, [object IN objects WHERE object.release = $release AND (object:Technique OR NOT id.id STARTS WITH 'T')] AS here
RETURN $release AS release, 'claim-unresolved' AS kind, id.id AS attack_id,
  CASE
    WHEN size([object IN here WHERE object.live]) > 1 THEN 'ambiguous'
    WHEN COUNT {
      UNWIND here AS object
      MATCH (object)-[:REVOKED_BY*]->(successor:AttackObject {live: true})
      RETURN DISTINCT successor
    } > 1 THEN 'ambiguous'
    WHEN any(object IN here WHERE object.revoked) THEN 'no-successor'
    WHEN here <> [] THEN 'deprecated'
    WHEN any(home IN homes WHERE home.domain = loaded.domain AND home <> loaded) THEN 'elsewhere'
    WHEN homes <> [] THEN 'other-domain'
    ELSE 'unknown' END AS reason,
  claims, evidence, sets, [home IN homes WHERE home <> loaded | home.key] AS known_in
ORDER BY claims DESC, attack_id
