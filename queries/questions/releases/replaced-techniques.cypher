// Techniques that have a new identifier
// Which techniques were revoked since an older release, and what takes their place?
// Several successors, or none, are for a person to choose.
// revision 2
// :param {before: 'enterprise-attack@15.1', after: 'enterprise-attack@18.1'}
MATCH (gone:Technique {release: $after, revoked: true})
MATCH (old:AttackObject {key: $before + '/' + gone.stix_id, live: true})
OPTIONAL MATCH (:AttackId {id: old.attack_id})-[:RESOLVES_TO {release: $after}]->(new:Technique)
RETURN old.attack_id AS technique_id, old.name AS technique, CASE WHEN new IS NOT NULL THEN [new.attack_id] ELSE COLLECT {
    MATCH (gone)-[:REVOKED_BY]->(next:AttackObject) RETURN DISTINCT next.attack_id AS successor ORDER BY successor
  } END AS successors, new.name AS successor
ORDER BY technique_id, gone.stix_id
