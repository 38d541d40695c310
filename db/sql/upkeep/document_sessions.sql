WITH derived AS (
  SELECT m.body_id, coalesce(m.number, 0) AS meeting, coalesce(d.published_on, ''), d.id, coalesce(m.held_on, '') AS day,
    row_number() OVER (PARTITION BY d.id, m.body_id, coalesce(m.number, 0) ORDER BY coalesce(m.held_on, '')) = 1
  FROM documents d
  JOIN mentioned_sessions m ON m.revision_id = d.revision_id
  JOIN bodies b ON b.id = m.body_id
  GROUP BY d.id, m.body_id, meeting, day
)
SELECT (SELECT count(*) FROM (SELECT * FROM derived EXCEPT SELECT * FROM document_sessions))
  + (SELECT count(*) FROM (SELECT * FROM document_sessions EXCEPT SELECT * FROM derived))
