// Claims without a date
// Which sets state claims without a date?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release})<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND coalesce(claim.as_of, evidence.modified, evidence.date, '') = ''
WITH * ORDER BY evidence.id
RETURN $release AS release, set.key AS `set`, count(claim) AS claims, count(DISTINCT evidence) AS evidence,
  count(DISTINCT technique) AS techniques, collect(DISTINCT evidence.id)[..5] AS examples
ORDER BY claims DESC, `set`
