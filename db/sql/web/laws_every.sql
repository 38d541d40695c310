WITH counted AS MATERIALIZED (
  SELECT * FROM instruments_list
)
SELECT i.*, l.clauses
FROM counted i
LEFT JOIN laws_list l ON l.instrument_id = i.instrument_id
WHERE i.documents > 0 OR l.clauses IS NOT NULL
ORDER BY i.documents DESC, i.title
