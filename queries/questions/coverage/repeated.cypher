// Rules of a technique that several sets in use hold
// Which sets in use hold the same rules for this technique? Each of these rules counts once.
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (loaded:Release {key: $release})
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR loaded.sample) AND claim.counted
WITH technique, rule.identity AS identity, set.key AS key
ORDER BY key
WITH technique, identity, collect(DISTINCT key) AS sets
WHERE size(sets) > 1 AND identity IS NOT NULL
RETURN $release AS release, technique.attack_id AS technique_id, count(identity) AS rules, sets
ORDER BY sets
