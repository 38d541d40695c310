INSERT INTO document_clauses
SELECT DISTINCT c.instrument_id, c.eid, d.publisher_id, d.id
FROM documents d
JOIN cited_clauses c ON c.revision_id = d.revision_id
WHERE d.id = :id AND c.instrument_id IS NOT NULL
