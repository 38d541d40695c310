SELECT i.*, l.clauses
FROM instruments_list i
LEFT JOIN laws_list l ON l.instrument_id = i.instrument_id
WHERE i.documents > 0 OR l.clauses IS NOT NULL
ORDER BY i.documents DESC, i.title
