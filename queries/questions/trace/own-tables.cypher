// Your own rows that sets were loaded with
// Which tables of log sources (--aliases) were these sets loaded with, and what do they say?
// `place` counts the tables of a set in the order in which they were given; of two rows about one log source that of the
// later table holds.
// revision 1
// :param {keys: ['sigmahq@r2026-04-01']}
MATCH (set:EvidenceSet)-[:HAS_TABLE]->(table:Raw)
WHERE set.key IN $keys
UNWIND [at IN range(0, size(coalesce(set.alias_hashes, [])) - 1) WHERE set.alias_hashes[at] = table.sha256] AS place
RETURN set.key AS `set`, place, set.alias_files[place] AS file, table.sha256 AS sha256, table.text AS text
ORDER BY `set`, place
