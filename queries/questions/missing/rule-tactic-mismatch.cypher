// Rules with a tactic that none of their techniques achieves
// Which rules carry a tactic tag that fits their technique tags in no loaded release?
// Tags that name no known tactic are kinds of their own, and so are renamed and moved ones. `means` is what the tag is here.
// revision 6
// :param {release: 'enterprise-attack@18.1', set: null, environment: null}
MATCH (loaded:Release {key: $release})
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(rule:Rule)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND rule.counted AND rule.tactics <> []
  AND ($set IS NULL OR $set IN [set.key, set.name])
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(rule) })
UNWIND rule.tactics AS tag
WITH loaded, tag, collect({set: set.key, rule: rule}) AS carriers
WITH loaded, tag, carriers,
  COLLECT {
    MATCH (tactic:Tactic {release: $release})
    WHERE tactic.shortname = tag
    RETURN DISTINCT tactic.stix_id
  } AS here,
  COLLECT {
    MATCH (tactic:Tactic {shortname: tag})
    MATCH (other:Release {key: tactic.release})
    WHERE coalesce(other.sample, false) = coalesce(loaded.sample, false)
    RETURN DISTINCT [other.domain = loaded.domain, tactic.stix_id] AS found ORDER BY found
  } AS anywhere
WITH loaded, tag, carriers, here, CASE
    WHEN here <> [] THEN here
    WHEN any(found IN anywhere WHERE found[0]) THEN [found IN anywhere WHERE found[0] | found[1]]
    ELSE [found IN anywhere | found[1]] END AS meant
WHERE meant <> []
WITH *, coalesce(head(COLLECT {
    MATCH (tactic:Tactic {release: $release})
    WHERE tactic.stix_id = head(meant)
    RETURN tactic.attack_id + ' ' + tactic.shortname
  }), '') AS meaning
UNWIND carriers AS carrier
WITH loaded, tag, here, meant, meaning, carrier.set AS set, carrier.rule AS rule
WHERE NOT EXISTS {
    MATCH (rule)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(:Technique)-[:ACHIEVES]->(tactic:Tactic)
    WHERE tactic.stix_id IN here
  }
WITH *, COLLECT {
    MATCH (rule)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
    RETURN DISTINCT technique
  } AS techniques
WHERE techniques <> []
WITH *, here = [] AND any(technique IN techniques WHERE EXISTS {
    MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) WHERE tactic.stix_id IN meant
  }) AS renamed
WHERE NOT renamed AND NOT EXISTS {
    MATCH (rule)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO]->(:Technique)-[:ACHIEVES]->(tactic:Tactic)
    WHERE tactic.stix_id IN meant AND tactic.release <> $release
    MATCH (other:Release {key: tactic.release})
    WHERE coalesce(other.sample, false) = coalesce(loaded.sample, false)
  }
WITH set, rule, techniques, tag, meaning ORDER BY tag
WITH set, rule, techniques, collect(tag) AS tags, collect(meaning) AS means
RETURN $release AS release, 'rule-tactic-mismatch' AS kind, rule.id AS evidence_id, rule.title AS title,
  set AS `set`, rule.path AS path, tags AS tactics,
  COLLECT { UNWIND techniques AS technique RETURN technique.attack_id AS id ORDER BY id } AS techniques,
  means
ORDER BY `set`, title, evidence_id
