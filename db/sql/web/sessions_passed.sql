SELECT i.id AS instrument_id, i.title, i.kind, i.approved_on
FROM instrument_sessions s
JOIN instruments i ON i.id = s.instrument_id
WHERE s.body_id = :body
  AND s.number = :number
ORDER BY i.title
