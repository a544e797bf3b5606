// A piece of evidence by its identifier
// What is this rule, detection or capability, and from which set?
// `id` is the publisher's identifier (a rule's UUID) or the key of the evidence. Current sets come first. `tests` are what
// can try it out, by whom and of which day the newest is; that is not how it fares in an environment.
// revision 4
// :param {id: '9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a'}
MATCH (evidence:Evidence)
WHERE evidence.id = $id OR evidence.key = $id
MATCH (evidence)<-[:CONTAINS]-(set:EvidenceSet)
RETURN set.key AS `set`, set.current AS current, [label IN labels(evidence) WHERE label <> 'Evidence'][0] AS type,
  evidence.key AS key, evidence.id AS id, evidence.title AS title, evidence.description AS description,
  evidence.status AS status, evidence.counted AS counted,
  coalesce(evidence.platforms, []) AS platforms, evidence.level AS level, evidence.author AS author,
  evidence.date AS date, evidence.modified AS modified, evidence.logsource AS logsource,
  evidence.family AS family, coalesce(evidence.tags, []) AS tags, evidence.path AS path,
  evidence.sha256 AS sha256, set.file_sha256 AS file_sha256,
  COLLECT { MATCH (evidence)-[:VALIDATED_BY {ok: true}]->(dialect:Dialect) RETURN dialect.name ORDER BY dialect.name } AS compiles_to,
  COLLECT { MATCH (evidence)-[:VALIDATED_BY {ok: false}]->(dialect:Dialect) RETURN dialect.name ORDER BY dialect.name } AS fails_in,
  coalesce(evidence.logsources, []) AS log_sources, evidence.type AS rule_type,
  coalesce(evidence.building_block, false) AS building_block, evidence.license AS license,
  COUNT { MATCH (evidence)<-[:TESTS]-(test:Test)<-[:CONTAINS]-(owner:EvidenceSet) WHERE owner.current OR owner.key = evidence.set } AS tests,
  COLLECT { MATCH (evidence)<-[:TESTS]-(test:Test)<-[:CONTAINS]-(owner:EvidenceSet) WHERE owner.current OR owner.key = evidence.set
    RETURN DISTINCT coalesce(test.author, test.kind) AS author ORDER BY author } AS tested_by,
  head(COLLECT { MATCH (evidence)<-[:TESTS]-(test:Test)<-[:CONTAINS]-(owner:EvidenceSet)
    WHERE test.on IS NOT NULL AND (owner.current OR owner.key = evidence.set) RETURN test.on ORDER BY test.on DESC }) AS tested_on
ORDER BY current DESC, `set`, key
