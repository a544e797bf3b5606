// Claims on techniques, with their records
// Which evidence claims these techniques, and from which records does each claim follow?
// `ids` and `records` are the ATT&CK ids and SHA-256 of the objects from the claimed one to the technique, and `by`
// those of the revocations between them. Where `evidence` is not null, only that piece of evidence; where
// `environment` is not null, only what it enables, on the platforms where it places it. `not_counted` is why coverage
// leaves a claim out; null where it counts.
// revision 6
// :param {release: 'enterprise-attack@18.1', techniques: ['T1528'], evidence: null, environment: null, all_sets: false}
MATCH (loaded:Release {key: $release})
MATCH (technique:Technique {release: $release})
WHERE technique.live AND technique.attack_id IN $techniques
MATCH (technique)<-[way:RESOLVES_TO]-(claimed:AttackId)<-[claim:CLAIMS]-(evidence:Evidence)<-[:CONTAINS]-(set:EvidenceSet)
WHERE ($all_sets OR set.current OR $evidence IS NOT NULL) AND ($evidence IS NULL OR evidence.key = $evidence)
  AND (set.sample IS NULL OR loaded.sample OR $evidence IS NOT NULL)
  AND ($environment IS NULL OR EXISTS { (:Environment {key: $environment})-[:ENABLES]->(evidence) })
OPTIONAL MATCH (:Environment {key: $environment})-[places:PLACES]->(evidence)
OPTIONAL MATCH chain = (first:Technique {release: $release, attack_id: claimed.id})-[:REVOKED_BY*1..10]->(technique)
WHERE way.via = 'revoked-by'
WITH loaded, technique, way, claimed, claim, evidence, set, places, chain
ORDER BY length(chain), [each IN relationships(chain) | each.sha256]
WITH loaded, technique, way, claimed, claim, evidence, set, places, head(collect(chain)) AS chain
WITH *, CASE
    WHEN NOT evidence.counted THEN coalesce(evidence.not_counted, 'status ' + evidence.status, 'not counted')
    WHEN NOT claim.counted THEN coalesce('status ' + claim.status, 'not counted')
    WHEN set.sample AND NOT coalesce(loaded.sample, false) THEN 'of the bundled sample'
    WHEN NOT set.current AND NOT $all_sets THEN 'set not in use' END AS not_counted
RETURN $release AS release, technique.attack_id AS technique_id, set.key AS `set`,
  [label IN labels(evidence) WHERE label <> 'Evidence'][0] AS kind, evidence.key AS evidence, evidence.id AS id,
  evidence.title AS title,
  [name IN coalesce(evidence.runs_on, evidence.platforms, places.platforms, []) WHERE NOT name IN coalesce(loaded.names_elsewhere, [])] AS platforms,
  claim.category AS category, not_counted IS NULL AS counted, not_counted, claimed.id AS claimed_id, way.via AS via,
  claim.origin_file AS origin_file, claim.origin_pointer AS origin_pointer, claim.origin_sha256 AS origin_sha256,
  CASE WHEN chain IS NULL THEN [technique.attack_id] ELSE [each IN nodes(chain) | each.attack_id] END AS ids,
  CASE WHEN chain IS NULL THEN [technique.sha256] ELSE [each IN nodes(chain) | each.sha256] END AS records,
  CASE WHEN chain IS NULL THEN [] ELSE [each IN relationships(chain) | each.sha256] END AS by,
  coalesce(technique.platforms, []) AS technique_platforms
ORDER BY technique_id, `set`, evidence, origin_file, origin_pointer, origin_sha256, claimed_id, category
