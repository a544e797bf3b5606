// Techniques that moved between tactics or platforms
// Which techniques have other tactics or other platforms than in an older release, and which tactics were renamed?
// Tactics are the same where their STIX ids are, whatever they are called (those that releases 1 and 2 name in kill
// chain phases only have none: their short names count). A renamed tactic is a row of its own, without a technique.
// revision 2
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
CALL () {
  MATCH (new:Technique {release: $after})
  MATCH (old:Technique&AttackObject {key: $before + '/' + new.stix_id})
  WHERE new.live AND old.live
  WITH new, old, COLLECT { MATCH (new)-[:ACHIEVES]->(tactic:Tactic) RETURN DISTINCT tactic } AS now,
    COLLECT { MATCH (old)-[:ACHIEVES]->(tactic:Tactic) RETURN DISTINCT tactic } AS earlier,
    coalesce(new.platforms, []) AS platforms, coalesce(old.platforms, []) AS platforms_before
  WITH new, [tactic IN now WHERE NOT any(other IN earlier WHERE other.stix_id = tactic.stix_id
      OR (other.inferred IS NOT NULL OR tactic.inferred IS NOT NULL) AND other.shortname = tactic.shortname)] AS gained,
    [tactic IN earlier WHERE NOT any(other IN now WHERE other.stix_id = tactic.stix_id
      OR (other.inferred IS NOT NULL OR tactic.inferred IS NOT NULL) AND other.shortname = tactic.shortname)] AS lost,
    [platform IN platforms WHERE NOT platform IN platforms_before] AS platforms_gained,
    [platform IN platforms_before WHERE NOT platform IN platforms] AS platforms_lost
  WHERE gained + lost <> [] OR platforms_gained + platforms_lost <> []
  RETURN new.attack_id AS technique_id, new.name AS technique,
    COLLECT { UNWIND gained AS tactic RETURN tactic.shortname ORDER BY tactic.shortname } AS tactics_gained,
    COLLECT { UNWIND lost AS tactic RETURN tactic.shortname ORDER BY tactic.shortname } AS tactics_lost,
    platforms_gained, platforms_lost,
    null AS renamed_tactic_id, null AS renamed_from, null AS renamed_to, new.stix_id AS stix_id
  UNION ALL
  MATCH (new:Tactic {release: $after})
  MATCH (old:Tactic&AttackObject {key: $before + '/' + new.stix_id})
  WHERE new.live AND old.live AND new.shortname <> old.shortname
  RETURN null AS technique_id, null AS technique, [] AS tactics_gained, [] AS tactics_lost,
    [] AS platforms_gained, [] AS platforms_lost, new.attack_id AS renamed_tactic_id,
    old.shortname AS renamed_from, new.shortname AS renamed_to, new.stix_id AS stix_id
}
RETURN $before AS before, $after AS after, technique_id, technique, tactics_gained, tactics_lost,
  platforms_gained, platforms_lost, renamed_tactic_id, renamed_from, renamed_to
ORDER BY technique_id, renamed_tactic_id, stix_id
