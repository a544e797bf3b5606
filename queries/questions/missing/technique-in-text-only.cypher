// Links that exist in text only
// Which descriptions link a technique, and no relationship joins the two?
// Between techniques and groups, campaigns, software and mitigations; techniques mention each other freely.
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})-[mention:MENTIONS]-(other:Group|Campaign|Software|Mitigation {live: true})
WHERE NOT EXISTS { (technique)-[:!MENTIONS]-(other) }
RETURN $release AS release, 'technique-in-text-only' AS kind, technique.attack_id AS attack_id,
  technique.name AS name, CASE WHEN startNode(mention) = technique THEN 'mentions ' ELSE 'is mentioned by ' END
    + other.attack_id + ' ' + other.name AS detail
ORDER BY attack_id, detail, name
