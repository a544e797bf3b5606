// Tactics by their STIX identifiers
// Which active tactics does this release have, under which shortnames and STIX ids?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (tactic:Tactic {release: $release, live: true})
RETURN $release AS release, tactic.stix_id AS stix_id, tactic.attack_id AS tactic_id, tactic.shortname AS shortname
ORDER BY tactic_id, shortname, stix_id
