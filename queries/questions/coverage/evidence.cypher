// Evidence for a technique
// Which rules, detections and capabilities claim this technique, where do they apply, and with which confidence?
// Confidence, effectiveness and status are three fields of their sources; none is made from another. A rule that
// compiles to a dialect is well-formed there; that says nothing of what it detects.
// revision 7
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528', all_sets: false, set: null}
MATCH (loaded:Release {key: $release})
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (technique)<-[way:RESOLVES_TO]-(claimed:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current) AND ($set IS NULL OR $set IN [set.key, set.name])
  AND (set.sample IS NULL OR loaded.sample)
WITH technique, way, claim, evidence, set, coalesce(technique.platforms, []) = [] AS unstated,
  [name IN coalesce(evidence.runs_on, evidence.platforms, []) WHERE NOT name IN coalesce(loaded.names_elsewhere, [])] AS on
WITH *, [name IN on WHERE name IN coalesce(technique.platforms, [])] AS placed
UNWIND CASE placed WHEN [] THEN [null] ELSE placed END AS platform
OPTIONAL MATCH (evidence)-[:REPORTED_BY]->(source:NativeSource)
RETURN $release AS release, technique.attack_id AS technique_id, platform,
  CASE WHEN unstated THEN 'unstated' WHEN platform IS NOT NULL THEN 'placed' WHEN on = [] THEN 'unplaced' ELSE 'off_platform' END AS placement,
  claim.category AS category, toLower([label IN labels(evidence) WHERE label <> 'Evidence'][0]) AS kind,
  evidence.id AS id, coalesce(evidence.title, source.name) AS title, set.key AS `set`, way.via AS via, way.hops AS hops,
  claim.confidence AS confidence, claim.basis AS basis, claim.effectiveness AS effectiveness,
  coalesce(claim.status, evidence.status) AS status, coalesce(claim.as_of, evidence.modified, evidence.date) AS as_of, coalesce(evidence.count, 1) AS pieces,
  claim.counted AS counted,
  coalesce(evidence.logsource, CASE WHEN size(evidence.logsources) > 0 THEN reduce(text = evidence.logsources[0],
      name IN evidence.logsources[1..] | text + ', ' + name) END, source.name, evidence.provider) AS source, claim.comment AS comment,
  claim.origin_file AS origin_file, claim.origin_pointer AS origin_pointer,
  COLLECT { MATCH (evidence)-[:VALIDATED_BY {ok: true}]->(dialect:Dialect) RETURN dialect.name ORDER BY dialect.name } AS compiles_to,
  evidence.license AS license,
  COLLECT { MATCH (evidence)<-[:TESTS]-(test:Test)<-[:CONTAINS]-(owner:EvidenceSet) WHERE owner.current OR owner.key = evidence.set
    RETURN DISTINCT coalesce(test.author, test.kind) AS author ORDER BY author } AS tested_by,
  head(COLLECT { MATCH (evidence)<-[:TESTS]-(test:Test)<-[:CONTAINS]-(owner:EvidenceSet)
    WHERE test.on IS NOT NULL AND (owner.current OR owner.key = evidence.set) RETURN test.on ORDER BY test.on DESC }) AS tested_on
ORDER BY counted DESC, category, placement, platform, kind, `set`, id, comment
