// What other mappings state about a product
// Where one mapping says that a product detects a technique, what do other mappings of the product in use state?
// mapped-otherwise: another has the technique, not as detect; unsupported: another lacks the technique;
// unknown-product: no other set names the product. `attack_id` narrows it to one technique; null is all.
// revision 4
// :param {release: 'enterprise-attack@18.1', attack_id: 'T1528'}
MATCH (set:EvidenceSet {current: true})-[:CONTAINS]->(evidence:Detection|Capability)-[claim:CLAIMS {category: 'detect'}]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample')
  AND claim.counted
  AND ($attack_id IS NULL OR technique.attack_id = $attack_id)
OPTIONAL MATCH (evidence)-[:REPORTED_BY]->(source:NativeSource)
WITH set, technique, evidence, claim, coalesce(source, evidence) AS offer
OPTIONAL MATCH (offer)-[:SAME_PRODUCT]->(product:Product)
WITH set, technique, product, coalesce(offer.name, offer.title) AS offer, count(DISTINCT evidence) AS evidence,
  min(claim.origin_file) AS origin_file, min(claim.origin_pointer) AS origin_pointer
CALL (set, technique, product) {
  OPTIONAL MATCH (product)<-[:SAME_PRODUCT]-(twin:NativeSource|Capability)
  OPTIONAL MATCH (twin)<-[:REPORTED_BY]-(finding:Detection)
  WITH set, technique, twin, coalesce(finding, twin) AS piece
  MATCH (piece)<-[:CONTAINS]-(other:EvidenceSet {current: true})
  WHERE other.name <> set.name AND (other.sample IS NULL OR $release ENDS WITH '-sample')
  OPTIONAL MATCH (piece)-[said:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique)
  WHERE said.counted
  WITH * ORDER BY coalesce(twin.name, twin.title), said.category
  WITH other, collect(DISTINCT coalesce(twin.name, twin.title)) AS names, collect(DISTINCT said.category) AS categories
  WITH * ORDER BY other.key
  RETURN collect({set: other.key, names: names, categories: categories}) AS others
}
UNWIND CASE others WHEN [] THEN [null] ELSE others END AS other
WITH *
WHERE other IS NULL OR NOT 'detect' IN other.categories
RETURN $release AS release,
  CASE WHEN other IS NULL THEN 'unknown-product' WHEN other.categories = [] THEN 'unsupported' ELSE 'mapped-otherwise' END AS kind,
  technique.attack_id AS technique_id, technique.name AS technique, product.name AS product, set.key AS `set`,
  offer AS says_of, evidence, origin_file, origin_pointer, other.set AS other_set,
  coalesce(other.names, []) AS other_names, coalesce(other.categories, []) AS other_says
ORDER BY kind, technique_id, says_of, `set`, other_set, product, origin_file, origin_pointer
