// Platforms of a release
// Which platforms do the release's active techniques have, and how many have each?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (technique:Technique {release: $release, live: true})
UNWIND technique.platforms AS platform
RETURN $release AS release, platform, count(*) AS techniques
ORDER BY techniques DESC, platform
