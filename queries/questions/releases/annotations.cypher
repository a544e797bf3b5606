// Loaded annotations
// Which files of annotations are loaded, by whom, about how many objects, and how many are reviewed?
// revision 1
// :param {}
MATCH (annotation:Annotation)
WITH annotation ORDER BY annotation.author
RETURN annotation.set AS `set`, collect(DISTINCT annotation.author) AS authors, count(annotation) AS annotations,
  count(DISTINCT annotation.attack_id) AS objects,
  sum(CASE WHEN annotation.status = 'reviewed' THEN 1 ELSE 0 END) AS reviewed,
  min(annotation.created) AS oldest, max(annotation.created) AS newest
ORDER BY `set`
