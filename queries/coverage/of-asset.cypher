// Coverage of an asset
// Which of the techniques that target this asset does anybody claim to detect? (ICS)
// :param {release: 'ics-attack@18.1', attack_id: 'A0001'}
MATCH (asset:Asset {attack_id: $attack_id, release: $release, live: true})<-[:TARGETS]-(technique:Technique {live: true})
WITH DISTINCT asset, technique
CALL (technique) {
  OPTIONAL MATCH (technique)<-[:RESOLVES_TO]-(:AttackId)<-[claim:CLAIMS {category: 'detect'}]-(evidence:Evidence)<-[:CONTAINS]-(:EvidenceSet {current: true})
  WHERE coalesce(claim.counted, true) AND coalesce(evidence.counted, true)
  RETURN count(DISTINCT evidence) AS detect,
    count(DISTINCT CASE WHEN any(platform IN evidence.platforms WHERE platform IN technique.platforms) THEN evidence END) AS placed
}
CALL (technique) {
  MATCH (technique)<-[:DETECTS]-(:DetectionStrategy)-[:HAS_ANALYTIC]->(analytic:Analytic)
  RETURN count(DISTINCT analytic) AS analytics
}
RETURN $release AS release, asset.attack_id AS asset_id, asset.name AS asset, technique.attack_id AS technique_id, technique.name AS technique,
  CASE
    WHEN placed > 0 THEN 'covered'
    WHEN detect > 0 THEN 'claimed elsewhere'
    WHEN analytics > 0 OR EXISTS { (technique)<-[:DETECTS]-(:DataComponent) } THEN 'guidance_only'
    ELSE 'none' END AS state,
  placed, detect, analytics
ORDER BY CASE state WHEN 'none' THEN 0 WHEN 'guidance_only' THEN 1 WHEN 'claimed elsewhere' THEN 2 ELSE 3 END, technique_id
