// Releases that contain an identifier
// Which loaded releases know this ATT&CK or STIX identifier?
// revision 2
// :param {attack_id: 'T1528'}
MATCH (loaded:Release)
RETURN loaded.key AS release, loaded.domain AS domain, loaded.version AS version,
  loaded.major AS major, loaded.minor AS minor, loaded.sample AS sample,
  EXISTS { (:AttackId {id: $attack_id})<-[:HAS_ID]-(:AttackObject {release: loaded.key}) }
    OR EXISTS { (:AttackObject {key: loaded.key + '/' + $attack_id}) } AS holds
ORDER BY domain, sample, major DESC, minor DESC, version ENDS WITH '-beta', release
