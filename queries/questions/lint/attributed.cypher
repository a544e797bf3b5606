// Campaigns and the groups behind them
// Which campaign is attributed to which group?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (campaign:Campaign {release: $release, live: true})-[:ATTRIBUTED_TO]->(group:Group {live: true})
RETURN DISTINCT campaign.attack_id AS campaign_id, group.attack_id AS group_id
ORDER BY campaign_id, group_id
