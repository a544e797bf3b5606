// Rules of a log source
// Which rules read this log source, and what do they claim?
// The log source by any name that ATT&CK gives it, or as `sigma:product/category/service` or `elastic:NAME`; case does not
// matter.
// revision 4
// :param {release: 'enterprise-attack@18.1', log_source: 'sigma:azure//riskdetection'}
CALL () {
  MATCH (rule:Rule)
  WHERE rule.logsource IS NOT NULL AND toLower(rule.logsource) = toLower($log_source)
  RETURN rule
  UNION
  MATCH (:EvidenceSet)-[:CONTAINS]->(rule:Rule)
  WHERE any(name IN coalesce(rule.logsources, []) WHERE toLower(name) = toLower($log_source))
  RETURN rule
  UNION
  MATCH (named:LogSource)
  WHERE named.canonical IS NOT NULL
    AND any(name IN coalesce(named.spellings, []) + [named.name, named.canonical] WHERE toLower(name) = toLower($log_source))
  WITH DISTINCT named.canonical AS canonical
  MATCH (rule:Rule)-[:READS]->(:LogSource {canonical: canonical})
  RETURN rule
}
MATCH (rule)<-[:CONTAINS]-(set:EvidenceSet {current: true})
WHERE (set.sample IS NULL OR $release ENDS WITH '-sample')
RETURN $release AS release, $log_source AS log_source, rule.id AS evidence_id, rule.title AS title, set.key AS `set`,
  rule.status AS status, rule.level AS level, COLLECT {
    MATCH (rule)-[:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
    RETURN DISTINCT technique.attack_id ORDER BY technique.attack_id
  } AS technique_ids
ORDER BY title, evidence_id, `set`
