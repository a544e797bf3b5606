// Tactics by the identifiers of techniques
// Which tactics does the technique achieve that an identifier means, in two releases and in the other loaded ones?
// Tactics are STIX ids, which stay when a tactic is renamed. `foreign` are those of other domains.
// revision 2
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
MATCH (loaded:Release {key: $after})
MATCH (other:Release)
WHERE coalesce(other.sample, false) = coalesce(loaded.sample, false)
CALL (other) {
  MATCH (tactic:Tactic)
  USING INDEX tactic:Tactic(release)
  WHERE tactic.release = other.key
  RETURN tactic
}
MATCH (tactic)<-[:ACHIEVES]-(technique:Technique)<-[:RESOLVES_TO]-(id:AttackId)
WITH id.id AS attack_id, other.key AS release, other.domain = loaded.domain AS of_domain,
  coalesce(tactic.stix_id, tactic.shortname) AS tactic
WITH attack_id, tactic, collect(DISTINCT CASE WHEN release IN [$before, $after] THEN release
  WHEN of_domain THEN 'others' ELSE 'foreign' END) AS places
ORDER BY tactic
RETURN attack_id,
  collect(CASE WHEN $before IN places THEN tactic END) AS before,
  collect(CASE WHEN $after IN places THEN tactic END) AS after,
  collect(CASE WHEN 'others' IN places THEN tactic END) AS others,
  collect(CASE WHEN 'foreign' IN places THEN tactic END) AS foreign
ORDER BY attack_id
