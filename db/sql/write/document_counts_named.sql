INSERT INTO document_instruments
SELECT m.instrument_id, d.id FROM documents d
JOIN cited_clauses m ON m.revision_id = d.revision_id
JOIN instruments i ON i.id = m.instrument_id
WHERE d.id = :id
UNION
SELECT m.instrument_id, d.id FROM documents d
JOIN mentioned_instruments m ON m.revision_id = d.revision_id
JOIN instruments i ON i.id = m.instrument_id
WHERE d.id = :id
