// Detection coverage by technique
// What is the state of every technique, and how many pieces of evidence claim it?
// A parent shows its own evidence only; its sub-techniques stand on their own. `parent_id` narrows it to a
// parent and its sub-techniques; null is all of them.
// revision 1
// :param {release: 'enterprise-attack@18.1', parent_id: null, all_sets: false}
MATCH (technique:Technique {release: $release, live: true})
WHERE $parent_id IS NULL OR technique.attack_id = $parent_id OR technique.attack_id STARTS WITH $parent_id + '.'
CALL (technique) {
  OPTIONAL MATCH (technique)<-[way:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
  WHERE ($all_sets OR set.current) AND coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
  WITH evidence, claim.category AS category, min(size(way.hops)) > 1 AS migrated, coalesce(evidence.count, 1) AS pieces
  RETURN sum(CASE category WHEN 'detect' THEN pieces ELSE 0 END) AS detect,
    sum(CASE category WHEN 'protect' THEN pieces ELSE 0 END) AS protect,
    sum(CASE category WHEN 'respond' THEN pieces ELSE 0 END) AS respond,
    sum(CASE category WHEN 'mitigate' THEN pieces ELSE 0 END) AS mitigate,
    sum(CASE WHEN migrated THEN pieces ELSE 0 END) AS migrated,
    collect(DISTINCT CASE WHEN category = 'detect' THEN coalesce(evidence.platforms, []) END) AS detecting,
    collect(DISTINCT CASE WHEN category <> 'detect' THEN coalesce(evidence.platforms, []) END) AS protecting
}
CALL (technique) {
  OPTIONAL MATCH (technique)<-[:DETECTS]-(:DetectionStrategy)-[:HAS_ANALYTIC]->(analytic:Analytic)
  RETURN collect(DISTINCT analytic.platforms) AS guiding
}
WITH *, coalesce(technique.platforms, []) AS platforms
RETURN $release AS release, technique.attack_id AS technique_id, technique.name AS technique,
  COLLECT { MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname ORDER BY tactic.shortname } AS tactics,
  CASE
    WHEN any(on IN detecting WHERE any(platform IN on WHERE platform IN platforms)) THEN 'covered'
    WHEN [] IN detecting THEN 'unplaced'
    WHEN detecting <> [] THEN 'off_platform'
    WHEN protecting <> [] THEN 'protect_only'
    WHEN guiding <> [] OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent) } THEN 'guidance_only'
    ELSE 'none' END AS state,
  size(platforms) AS platforms, size([platform IN platforms WHERE any(on IN detecting WHERE platform IN on)]) AS platforms_covered,
  detect, protect, respond, mitigate, migrated
ORDER BY technique_id
