// Evidence older than a date
// Which techniques rest on claims none of which is as young as this date?
// revision 3
// :param {release: 'enterprise-attack@18.1', since: '2024-01-01'}
MATCH (technique:Technique {release: $release, live: true})<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND claim.counted
WITH * ORDER BY set.key
WITH technique, max(coalesce(claim.as_of, evidence.modified, evidence.date)) AS youngest,
  min(coalesce(claim.as_of, evidence.modified, evidence.date)) AS oldest, count(DISTINCT evidence) AS evidence,
  collect(DISTINCT set.key) AS sets
WHERE youngest < $since
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique, evidence, oldest, youngest, sets
ORDER BY youngest, technique_id
