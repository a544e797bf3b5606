// Related techniques: same rules
// Which techniques are claimed by the same detection rules?
// Jaccard over the rules of current sets that claim to detect them, from two shared ones on.
// revision 3
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1078.004'}
MATCH (:AttackId {id: $attack_id})-[:RESOLVES_TO {release: $release}]->(technique:Technique)
MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND claim.counted
WITH technique, collect(DISTINCT rule) AS rules
UNWIND rules AS rule
MATCH (rule)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(other:Technique)
WHERE other <> technique AND claim.counted
WITH * ORDER BY rule.title, rule.id
WITH rules, other, collect(DISTINCT rule) AS shared
WHERE size(shared) >= 2
WITH other, [rule IN shared | rule.title] AS shared, size(rules) - size(shared) + COUNT {
  MATCH (other)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(rule:Rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
  WHERE (set.sample IS NULL OR $release ENDS WITH '-sample') AND claim.counted
  RETURN DISTINCT rule
} AS out_of
RETURN $release AS release, other.attack_id AS technique_id, other.name AS technique, 'evidence' AS method,
  toFloat(size(shared)) / out_of AS score, size(shared) AS shared, shared AS shared_with, out_of, false AS low_support
ORDER BY score DESC, technique_id
