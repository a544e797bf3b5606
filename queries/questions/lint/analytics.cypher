// Analytics with what they read
// What does each analytic describe, and which log sources and channels does it read?
// revision 1
// :param {release: 'enterprise-attack@18.1'}
MATCH (analytic:Analytic {release: $release, live: true})
RETURN analytic.stix_id AS stix_id, analytic.attack_id AS attack_id, analytic.name AS name,
  coalesce(analytic.platforms, []) AS platforms, analytic.description AS description,
  coalesce(analytic.mutable_elements, []) AS mutable_elements,
  COLLECT { MATCH (analytic)-[read:READS]->(:LogSource)
    RETURN DISTINCT [read.as_written, coalesce(read.channel, '')] AS read ORDER BY read } AS reads
ORDER BY attack_id, stix_id
