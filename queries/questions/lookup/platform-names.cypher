// Platforms by the names of other releases
// What does the release call a platform whose name only other releases have?
// No name where it has no such platform, or several for it.
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (loaded:Release {key: $release})
UNWIND range(0, size(coalesce(loaded.names_elsewhere, [])) - 1) AS number
WITH loaded.names_elsewhere[number] AS name, loaded.names_here[number] AS here
RETURN $release AS release, name, CASE here WHEN '' THEN null ELSE here END AS platform
ORDER BY name
