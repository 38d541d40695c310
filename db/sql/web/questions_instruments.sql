SELECT i.uri AS value, i.title AS name
FROM instruments i
WHERE i.uri IS NOT NULL
  AND (i.id IN (SELECT instrument_id FROM current_laws) OR EXISTS (SELECT 1
    FROM cited_clauses c WHERE c.instrument_id = i.id))
ORDER BY i.title
LIMIT 500
