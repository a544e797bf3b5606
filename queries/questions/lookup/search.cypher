// Full-text search
// Which objects, pieces of evidence, log sources and annotations contain these words?
// `text` is a Lucene query: words, "a phrase", prefix*, fuzzy~; `written` are the words as they were typed. What
// has them as its identifier, name, alias or title comes first (`match`), then up to five log sources with all of
// them in their names, then texts. Official objects weigh twice as much as evidence: a rule's few words score high,
// and there are many rules. The hits have no limit before the release is asked: the same object of each loaded
// release scores alike, and a limit would lose some of the one asked.
// revision 3
// :param {release: 'enterprise-attack@18.1', text: 'application access token', limit: 25, written: 'application access token'}
CALL () {
  CALL db.index.fulltext.queryNodes('search', $text) YIELD node, score
  WHERE node.release IS NULL OR node.release = $release
  RETURN node, score * CASE WHEN node:AttackObject THEN 2 ELSE 1 END AS score, false AS part
  UNION ALL
  WITH [word IN split(toLower($written), ' ') WHERE size(word) > 2] AS words
  MATCH (node:LogSource)
  WHERE node.key CONTAINS coalesce(words[0], $written) AND all(word IN words WHERE node.key CONTAINS word)
    AND words <> []
  WITH node ORDER BY size(node.key), node.key LIMIT 5
  RETURN node, 0.0 AS score, true AS part
}
WITH node, max(score) AS score, any(each IN collect(part) WHERE each) AS part, toLower($written) AS wanted
WITH node, score, part, wanted,
  [name IN [node.name, node.title, node.key] + coalesce(node.spellings, []) WHERE toLower(name) = wanted] AS names,
  [alias IN coalesce(node.aliases, []) WHERE toLower(alias) = wanted] AS aliases
WITH node, score, CASE WHEN toLower(coalesce(node.attack_id, node.id)) = wanted THEN 'id'
  WHEN names <> [] THEN 'name' WHEN aliases <> [] THEN 'alias' WHEN part THEN 'part' ELSE 'text' END AS match
RETURN coalesce(node.attack_id, node.id, node.key) AS attack_id,
  [label IN labels(node) WHERE NOT label IN ['AttackObject', 'Evidence']][0] AS type,
  coalesce(node.name, node.title, node.key) AS name, score, node.release AS release, node.live AS live, match
ORDER BY CASE match WHEN 'id' THEN 0 WHEN 'text' THEN 3 WHEN 'part' THEN 2 ELSE 1 END,
  coalesce(live, true) DESC, match = 'alias', score DESC, attack_id, type, name, release
LIMIT $limit
