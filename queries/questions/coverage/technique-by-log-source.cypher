// Rules of a technique by log source
// Which logs do the rules for this technique read, how many rules are there for each, and how well tried are they?
// The log source is the rules' own, or all of those that they read, joined; `attack_log_sources` are ATT&CK's names for
// it, none where no row of our tables maps it.
// A rule that several sets in use hold counts once.
// Where ATT&CK states no platform for the technique, every rule counts as placed.
// A rule that compiles to a dialect is well-formed there; that says nothing of what it detects.
// revision 6
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528', all_sets: false, set: null}
MATCH (loaded:Release {key: $release})
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current) AND ($set IS NULL OR $set IN [set.key, set.name])
  AND (set.sample IS NULL OR loaded.sample) AND claim.counted
WITH loaded, technique, rule ORDER BY rule.key
WITH loaded, technique, coalesce(rule.identity, rule.key) AS identity, head(collect(rule)) AS rule
WITH technique, rule, coalesce(technique.platforms, []) AS places,
  [name IN coalesce(rule.runs_on, rule.platforms, []) WHERE NOT name IN coalesce(loaded.names_elsewhere, [])] AS on
WITH technique, rule, [name IN on WHERE name IN places] AS here,
  CASE WHEN places = [] OR any(name IN on WHERE name IN places) THEN 'placed' WHEN on = [] THEN 'unplaced' ELSE 'off_platform' END AS placement,
  COLLECT { MATCH (rule)-[:VALIDATED_BY {ok: true}]->(dialect:Dialect) RETURN DISTINCT dialect.name } AS dialects,
  COLLECT { MATCH (rule)-[:READS]->(source:LogSource) WHERE source.listed RETURN DISTINCT source.canonical } AS names,
  reduce(text = null, name IN coalesce(rule.logsources, []) | coalesce(text + ', ', '') + name) AS several
WITH technique, coalesce(rule.logsource, several, 'not stated') AS log_source, collect({
  here: here, placement: placement, status: rule.status, dialects: dialects, names: names}) AS rules
RETURN $release AS release, technique.attack_id AS technique_id, log_source,
  COLLECT { UNWIND rules AS rule UNWIND rule.names AS name RETURN DISTINCT name ORDER BY name } AS attack_log_sources,
  size(rules) AS rules, size([rule IN rules WHERE rule.placement = 'placed']) AS placed,
  size([rule IN rules WHERE rule.placement = 'unplaced']) AS unplaced,
  size([rule IN rules WHERE rule.placement = 'off_platform']) AS off_platform,
  COLLECT { UNWIND rules AS rule UNWIND rule.here AS name RETURN DISTINCT name ORDER BY name } AS platforms,
  size([rule IN rules WHERE rule.status = 'stable']) AS stable, size([rule IN rules WHERE rule.status = 'test']) AS test,
  size([rule IN rules WHERE NOT coalesce(rule.status, '') IN ['stable', 'test']]) AS other_status,
  size([rule IN rules WHERE rule.dialects <> []]) AS compiled,
  COLLECT { UNWIND rules AS rule UNWIND rule.dialects AS name RETURN DISTINCT name ORDER BY name } AS dialects
ORDER BY placed DESC, rules DESC, log_source
