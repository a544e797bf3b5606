// The source record of a piece of evidence
// What exactly did the publisher of this rule, detection or mapping write, and what is its SHA-256?
// `id` is the publisher's identifier (a rule's UUID) or the key of the evidence.
// revision 2
// :param {id: '9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a'}
MATCH (evidence:Evidence)
WHERE evidence.id = $id OR evidence.key = $id
MATCH (record:Raw {sha256: evidence.sha256})
OPTIONAL MATCH (held:EvidenceSet {key: evidence.set})
RETURN evidence.set AS `set`, [label IN labels(evidence) WHERE label <> 'Evidence'][0] AS type, evidence.id AS id,
  evidence.path AS path, record.sha256 AS sha256, record.media AS media, record.text AS text
ORDER BY coalesce(held.current, false) DESC, `set`, id, evidence.key
