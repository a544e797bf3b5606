// Loaded annotations
// Which files of annotations are loaded, by whom, about how many objects, and how many are reviewed?
// revision 2
// :param {}
MATCH (set:AnnotationSet)-[:CONTAINS]->(annotation:Annotation)
WITH set, annotation ORDER BY annotation.author
RETURN set.key AS `set`, collect(DISTINCT annotation.author) AS authors, count(annotation) AS annotations,
  count(DISTINCT annotation.attack_id) AS objects,
  sum(CASE WHEN annotation.status = 'reviewed' THEN 1 ELSE 0 END) AS reviewed,
  min(annotation.created) AS oldest, max(annotation.created) AS newest, set.release AS release,
  toString(set.loaded_at) AS loaded_at, set.content_root AS content_root
ORDER BY `set`
