// Tactics of every loaded release
// Under which names do the loaded releases have their tactics?
// Releases of the bundled sample are seen from sample releases only.
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (loaded:Release {key: $release})
MATCH (other:Release)
WHERE coalesce(other.sample, false) = coalesce(loaded.sample, false)
MATCH (tactic:Tactic {release: other.key})
RETURN other.key AS release, other.domain = loaded.domain AS of_domain,
  coalesce(tactic.stix_id, tactic.shortname) AS tactic, tactic.attack_id AS tactic_id, tactic.shortname AS shortname
ORDER BY release, tactic_id, shortname, tactic
