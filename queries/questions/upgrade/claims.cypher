// Claims that another release does not take as they are
// Which claims of evidence in use name an identifier that a newer release revoked or deprecated, and what is it there?
// One successor is where the claim moves on to; of several, or none, a person chooses. `named` tells whether the
// evidence claims the one successor already.
// revision 1
// :param {before: 'enterprise-attack@15.1', after: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (old:Technique {release: $before})<-[:RESOLVES_TO {via: 'direct'}]-(id:AttackId)
WHERE NOT EXISTS { (id)-[:RESOLVES_TO {release: $after, via: 'direct'}]->(:AttackObject) }
MATCH (id)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR $after ENDS WITH '-sample')
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(evidence) })
OPTIONAL MATCH (id)-[way:RESOLVES_TO {release: $after}]->(new:AttackObject)
WITH *, CASE WHEN new IS NOT NULL THEN [new.attack_id] ELSE COLLECT {
    MATCH (:Technique {release: $after, attack_id: id.id})-[:REVOKED_BY]->(next:AttackObject)
    RETURN DISTINCT next.attack_id AS successor ORDER BY successor
  } END AS successors
RETURN $before AS before, $after AS after, set.key AS `set`, set.kind AS kind, evidence.id AS evidence_id,
  evidence.title AS title, evidence.path AS path, evidence.line AS line, evidence.sha256 AS sha256,
  claim.counted AS counted, id.id AS technique_id, old.name AS technique, successors, new.name AS successor,
  EXISTS { (evidence)-[:CLAIMS]->(:AttackId {id: new.attack_id}) } AS named,
  claim.raw_value AS as_written, claim.origin_pointer AS origin_pointer
ORDER BY `set`, path, line, evidence_id, technique_id, as_written, evidence.key
