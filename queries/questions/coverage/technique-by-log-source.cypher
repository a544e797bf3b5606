// Rules of a technique by log source
// Which logs do the rules for this technique read, how many rules are there for each, and how well tried are they?
// The log source is the rules' own; `attack_log_sources` are ATT&CK's names for it, none where no row of our tables maps it.
// A rule that compiles to a dialect is well-formed there; that says nothing of what it detects.
// revision 2
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528', all_sets: false}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current) AND claim.counted
WITH DISTINCT technique, rule, coalesce(rule.platforms, []) AS runs_on
WITH technique, rule, [platform IN runs_on WHERE platform IN coalesce(technique.platforms, [])] AS placed, runs_on,
  COLLECT { MATCH (rule)-[:VALIDATED_BY {ok: true}]->(dialect:Dialect) RETURN DISTINCT dialect.name } AS dialects,
  COLLECT { MATCH (rule)-[:READS]->(source:LogSource) WHERE source.listed RETURN DISTINCT source.canonical } AS names
WITH technique, coalesce(rule.logsource, 'not stated') AS log_source, collect({
  placed: placed, runs_on: runs_on, status: rule.status, dialects: dialects, names: names}) AS rules
RETURN $release AS release, technique.attack_id AS technique_id, log_source,
  COLLECT { UNWIND rules AS rule UNWIND rule.names AS name RETURN DISTINCT name ORDER BY name } AS attack_log_sources,
  size(rules) AS rules, size([rule IN rules WHERE rule.placed <> []]) AS placed,
  size([rule IN rules WHERE rule.runs_on = []]) AS unplaced,
  size([rule IN rules WHERE rule.runs_on <> [] AND rule.placed = []]) AS off_platform,
  COLLECT { UNWIND rules AS rule UNWIND rule.placed AS name RETURN DISTINCT name ORDER BY name } AS platforms,
  size([rule IN rules WHERE rule.status = 'stable']) AS stable, size([rule IN rules WHERE rule.status = 'test']) AS test,
  size([rule IN rules WHERE NOT coalesce(rule.status, '') IN ['stable', 'test']]) AS other_status,
  size([rule IN rules WHERE rule.dialects <> []]) AS compiled,
  COLLECT { UNWIND rules AS rule UNWIND rule.dialects AS name RETURN DISTINCT name ORDER BY name } AS dialects
ORDER BY placed DESC, rules DESC, log_source
