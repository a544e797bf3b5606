// What a release calls the platforms of an environment
// Under which names does the release know the platforms that the environment runs?
// ATT&CK renames platforms: Azure AD is Identity Provider from 16 on. No name means that the release has no such platform.
// revision 1
// :param {release: 'enterprise-attack@18.1', environment: 'cloud-soc'}
MATCH (loaded:Release {key: $release})
MATCH (environment:Environment {key: $environment})-[:RUNS]->(platform:Platform)
RETURN $release AS release, environment.key AS environment, platform.name AS platform,
  [name IN coalesce(platform.names, [platform.name]) WHERE NOT name IN coalesce(loaded.names_elsewhere, [])] AS names
ORDER BY platform
