// Claims that mean nothing in this release
// Which claimed identifiers does the release not resolve, why, and where are they known?
// revoked without a living successor: no-successor; deprecated; two live objects or successors: ambiguous; a newer
// release has it in place of identifiers that are live here (`replaces`): newer; only in other releases of the domain:
// elsewhere; only in another domain: other-domain; in no loaded release: unknown.
// revision 4
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (loaded:Release {key: $release})
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(evidence:Evidence)-[claim:CLAIMS]->(id:AttackId)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample')
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(evidence) })
  AND NOT EXISTS { (id)-[:RESOLVES_TO {release: $release}]->(:AttackObject) }
WITH * ORDER BY set.key
WITH loaded, id, count(claim) AS claims, count(DISTINCT evidence) AS evidence, collect(DISTINCT set.key) AS sets
OPTIONAL MATCH (id)<-[:HAS_ID]-(object:AttackObject)
OPTIONAL MATCH (home:Release {key: object.release})
WHERE coalesce(home.sample, false) = coalesce(loaded.sample, false)
WITH * ORDER BY home.key
WITH loaded, id, claims, evidence, sets, collect(DISTINCT object) AS objects, collect(DISTINCT home) AS homes
WITH *, [object IN objects WHERE object.release = $release AND (object:Technique OR NOT id.id STARTS WITH 'T')] AS here,
  COLLECT {
    UNWIND homes AS home
    MATCH (id)-[:RESOLVES_TO {release: home.key, via: 'direct'}]->(successor:AttackObject)
    WHERE home.domain = loaded.domain
      AND (home.major > loaded.major OR home.major = loaded.major AND home.minor > loaded.minor)
    MATCH (successor)<-[:RESOLVES_TO {release: home.key, via: 'revoked-by'}]-(:AttackId)-[:RESOLVES_TO {release: $release, via: 'direct'}]->(old:AttackObject)
    RETURN DISTINCT old.attack_id ORDER BY old.attack_id
  } AS replaced
WITH *, CASE
    WHEN size([object IN here WHERE object.live]) > 1 THEN 'ambiguous'
    WHEN COUNT {
      UNWIND here AS object
      MATCH (object)-[:REVOKED_BY*]->(successor:AttackObject {live: true})
      RETURN DISTINCT successor
    } > 1 THEN 'ambiguous'
    WHEN any(object IN here WHERE object.revoked) THEN 'no-successor'
    WHEN here <> [] THEN 'deprecated'
    WHEN replaced <> [] THEN 'newer'
    WHEN any(home IN homes WHERE home.domain = loaded.domain AND home <> loaded) THEN 'elsewhere'
    WHEN homes <> [] THEN 'other-domain'
    ELSE 'unknown' END AS reason
RETURN $release AS release, 'claim-unresolved' AS kind, id.id AS attack_id, reason, claims, evidence, sets,
  [home IN homes WHERE home <> loaded | home.key] AS known_in, CASE reason WHEN 'newer' THEN replaced ELSE [] END AS replaces
ORDER BY claims DESC, attack_id
