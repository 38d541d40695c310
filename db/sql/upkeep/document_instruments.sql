WITH derived AS (
  SELECT m.instrument_id, d.id FROM documents d
  JOIN cited_clauses m ON m.revision_id = d.revision_id
  JOIN instruments i ON i.id = m.instrument_id
  UNION
  SELECT m.instrument_id, d.id FROM documents d
  JOIN mentioned_instruments m ON m.revision_id = d.revision_id
  JOIN instruments i ON i.id = m.instrument_id
)
SELECT (SELECT count(*) FROM (SELECT * FROM derived EXCEPT SELECT * FROM document_instruments))
  + (SELECT count(*) FROM (SELECT * FROM document_instruments EXCEPT SELECT * FROM derived))
