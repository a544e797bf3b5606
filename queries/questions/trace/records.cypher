// Records by their hashes
// What are these records, and which of these releases and sets have them?
// revision 1
// :param {hashes: ['b31b336dec3a4cf37685110b1a17331b675c7c84ddc3c41596c21406575c80a4'], owners: ['enterprise-attack@18.1']}
UNWIND $hashes AS hash
MATCH (record:Raw {sha256: hash})
RETURN record.sha256 AS sha256, record.media AS media, record.text AS text,
  COLLECT { MATCH (owner)-[:HAS_RECORD]->(record) WHERE owner.key IN $owners AND (owner:Release OR owner:EvidenceSet)
    RETURN DISTINCT owner.key ORDER BY owner.key } AS owners
ORDER BY sha256
