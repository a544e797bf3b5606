// Who claims to detect a technique
// Which sets, rules, detections and capabilities claim to detect this technique in this release?
// A claim is about an identifier, which means a technique of each release: the two stand apart.
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (technique:Technique {release: $release, attack_id: $attack_id})
MATCH claim = (technique)<-[:RESOLVES_TO]-(:AttackId)<-[:CLAIMS {category: 'detect'}]-(piece:Evidence)<-[:CONTAINS]-(:EvidenceSet {current: true})
OPTIONAL MATCH from = (piece)-[:REPORTED_BY|OFFERED_BY]->()
RETURN claim, from
LIMIT 150
