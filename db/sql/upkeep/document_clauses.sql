WITH derived AS (
  SELECT DISTINCT c.instrument_id, c.eid, d.publisher_id, d.id
  FROM documents d
  JOIN cited_clauses c ON c.revision_id = d.revision_id
  WHERE c.instrument_id IS NOT NULL
)
SELECT (SELECT count(*) FROM (SELECT * FROM derived EXCEPT SELECT * FROM document_clauses))
  + (SELECT count(*) FROM (SELECT * FROM document_clauses EXCEPT SELECT * FROM derived))
