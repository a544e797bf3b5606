// Claims whose technique lost the platform of the evidence
// Which claims are placed in an older release and on another platform in a newer one?
// Platforms are compared by the names that each release has for them.
// revision 1
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (earlier:Release {key: $before})
MATCH (later:Release {key: $after})
MATCH (old:Technique {release: $before})<-[:RESOLVES_TO]-(id:AttackId)-[:RESOLVES_TO {release: $after}]->(new:Technique)
WITH earlier, later, id, old, new, coalesce(old.platforms, []) AS platforms_before, coalesce(new.platforms, []) AS platforms
WHERE platforms <> [] AND (platforms_before = [] OR any(platform IN platforms_before WHERE NOT platform IN platforms))
MATCH (id)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE claim.counted AND (set.sample IS NULL OR $after ENDS WITH '-sample')
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(evidence) })
WITH *, coalesce(evidence.runs_on, evidence.platforms, []) AS on
WITH *, [name IN on WHERE NOT name IN coalesce(earlier.names_elsewhere, [])] AS on_before,
  [name IN on WHERE NOT name IN coalesce(later.names_elsewhere, [])] AS on_after
WHERE on <> [] AND (platforms_before = [] OR any(platform IN platforms_before WHERE platform IN on_before))
  AND none(platform IN platforms WHERE platform IN on_after)
RETURN $before AS before, $after AS after, set.key AS `set`, evidence.id AS evidence_id, evidence.title AS title,
  evidence.path AS path, id.id AS technique_id, new.attack_id AS technique_id_after, new.name AS technique,
  coalesce(evidence.platforms, []) AS platforms, platforms_before AS technique_platforms_before,
  platforms AS technique_platforms
ORDER BY `set`, path, evidence_id, technique_id, evidence.key
