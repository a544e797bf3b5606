// Tactics added, renamed and removed between two releases
// Which tactics are new in a newer release, which are called otherwise, and which are gone?
// A tactic is the same where its STIX id is; those that releases 1 and 2 name in kill chain phases only have none, and
// their short names count.
// revision 1
// :param {before: 'enterprise-attack@17.1', after: 'enterprise-attack@18.1'}
UNWIND [$before, $after] AS release
MATCH (tactic:Tactic {release: release, live: true})
WITH release, tactic, EXISTS { (:Tactic {release: $before, inferred: true}) } OR EXISTS { (:Tactic {release: $after, inferred: true}) } AS by_name
WITH CASE WHEN by_name THEN tactic.shortname ELSE tactic.stix_id END AS same, release, tactic
ORDER BY release = $after
WITH same, collect(release) AS releases, head(collect(tactic)) AS first, last(collect(tactic)) AS last
WITH *, CASE WHEN releases = [$after] THEN 'added' WHEN releases = [$before] THEN 'removed'
  WHEN first.name <> last.name OR first.shortname <> last.shortname THEN 'renamed' END AS change
WHERE change IS NOT NULL
RETURN change, last.attack_id AS tactic_id, CASE change WHEN 'added' THEN null ELSE first.name END AS name_before,
  CASE change WHEN 'removed' THEN null ELSE last.name END AS name,
  CASE change WHEN 'added' THEN null ELSE first.shortname END AS shortname_before,
  CASE change WHEN 'removed' THEN null ELSE last.shortname END AS shortname
ORDER BY change, tactic_id, same
