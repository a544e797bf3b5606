// Rules with a tactic that no release has
// Which rules carry a tactic tag that names no tactic of any loaded release?
// Tags are shortnames, words joined by hyphens. `means` is empty here: the tags mean nothing.
// revision 4
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (loaded:Release {key: $release})
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(rule) })
UNWIND coalesce(rule.tactics, []) AS tag
WITH loaded, tag, collect({set: set, rule: rule}) AS carriers
WHERE NOT EXISTS {
    MATCH (tactic:Tactic {shortname: tag})
    MATCH (other:Release {key: tactic.release})
    WHERE coalesce(other.sample, false) = coalesce(loaded.sample, false)
  }
UNWIND carriers AS carrier
WITH carrier.set AS set, carrier.rule AS rule, tag ORDER BY tag
WITH set, rule, collect(tag) AS tags
RETURN $release AS release, 'rule-tactic-unknown' AS kind, rule.id AS evidence_id, rule.title AS title,
  set.key AS `set`, rule.path AS path, COLLECT { UNWIND tags AS tag RETURN tag ORDER BY tag } AS tactics,
  COLLECT {
    MATCH (rule)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
    RETURN DISTINCT technique.attack_id ORDER BY technique.attack_id
  } AS techniques, [tag IN tags | ''] AS means
ORDER BY `set`, title, evidence_id
