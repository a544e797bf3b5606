// Links to other domains
// Which links of the description lead to what this release does not have, and which loaded release of another domain has it?
// Of each other domain: the release of the same number, which was published together, else the newest one loaded.
// revision 1
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1566'}
MATCH (own:Release {key: $release})
MATCH (object:AttackObject)
WHERE object.release = $release AND (object.attack_id = $attack_id OR object.stix_id = $attack_id)
UNWIND object.links_elsewhere AS link
WITH own, object, split(link, '/')[0] AS type, split(link, '/')[1] AS linked_id
OPTIONAL CALL (own, type, linked_id) {
  MATCH (other:AttackObject {attack_id: linked_id})
  MATCH (home:Release {key: other.release})
  WHERE type IN labels(other) AND home.domain <> own.domain AND home.sample = own.sample
  WITH * ORDER BY home.version = own.version DESC, home.major DESC, home.minor DESC, other.live DESC, other.stix_id
  WITH home.domain AS domain, collect(other)[0] AS other
  RETURN other.release AS linked_release, other.name AS name, other.live AS live
}
RETURN $release AS release, object.stix_id AS of_stix_id, linked_id, type, linked_release, name, live
ORDER BY linked_id, type, linked_release, of_stix_id
