SELECT i.title AS instrument, v.unit, v.number, v.eid, v.text, v.documents
FROM clauses_list v
JOIN instruments i ON i.id = v.instrument_id
WHERE v.documents > 0
ORDER BY v.documents DESC, i.title, v.eid
LIMIT 100
