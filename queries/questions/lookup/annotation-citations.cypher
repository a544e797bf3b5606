// What annotations of an object refer to
// To which identifiers and log sources do the annotations of this identifier refer, and in which of their parts?
// revision 1
// :param {attack_id: 'AN0496'}
MATCH (:AttackId {id: $attack_id})<-[:ABOUT]-(annotation:Annotation)-[citation:CITES]->(cited:AttackId|LogSource)
RETURN annotation.key AS key, citation.section AS section, coalesce(cited.id, cited.name) AS cited,
  cited:LogSource AS is_log_source
ORDER BY key, section, is_log_source, cited
