// Full-text search
// Which objects, pieces of evidence, log sources and annotations contain these words?
// `text` is a Lucene query: words, "a phrase", prefix*, fuzzy~. Official objects weigh twice as much as evidence:
// a rule's few words score high, and there are many rules. The hits have no limit before the release is asked:
// the same object of each loaded release scores alike, and a limit would lose some of the one asked.
// revision 2
// :param {release: 'enterprise-attack@18.1', text: 'application access token', limit: 25}
CALL db.index.fulltext.queryNodes('search', $text) YIELD node, score
WHERE node.release IS NULL OR node.release = $release
RETURN coalesce(node.attack_id, node.id, node.key) AS attack_id,
  [label IN labels(node) WHERE NOT label IN ['AttackObject', 'Evidence']][0] AS type,
  coalesce(node.name, node.title, node.key) AS name, score, node.release AS release, node.live AS live
ORDER BY coalesce(toUpper($text) = node.attack_id, false) DESC, coalesce(live, true) DESC,
  score * CASE WHEN node:AttackObject THEN 2 ELSE 1 END DESC, attack_id, type, name, release
LIMIT $limit
