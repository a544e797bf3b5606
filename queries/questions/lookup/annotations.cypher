// Annotations of an object
// What has been noted about this identifier, by whom, and with which confidence?
// revision 1
// :param {attack_id: 'AN0496'}
MATCH (:AttackId {id: $attack_id})<-[:ABOUT]-(annotation:Annotation)
RETURN annotation.key AS key, $attack_id AS attack_id, annotation.release AS release, annotation.author AS author,
  annotation.created AS created, annotation.reviewed AS reviewed, annotation.status AS status,
  annotation.confidence AS confidence, annotation.summary AS summary,
  annotation.executive_level AS executive_level, annotation.executive_text AS executive_text,
  annotation.technical_view AS technical_view, coalesce(annotation.likely_telemetry, []) AS likely_telemetry,
  coalesce(annotation.detection_direction, []) AS detection_direction,
  coalesce(annotation.mitigation_priorities, []) AS mitigation_priorities, annotation.limits AS limits,
  annotation.sha256 AS sha256
ORDER BY created DESC, key
