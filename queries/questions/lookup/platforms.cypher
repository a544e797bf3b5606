// Platforms of a release
// Which platforms do the release's active techniques have, and how many have each?
// revision 2
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
UNWIND CASE coalesce(technique.platforms, []) WHEN [] THEN [null] ELSE technique.platforms END AS platform
RETURN $release AS release, platform, count(*) AS techniques
ORDER BY techniques DESC, platform
