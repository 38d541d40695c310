SELECT i.id AS instrument_id, i.uri, i.title, i.kind, b.name AS body, i.approved_on, i.communicated_on, i.gazetted_on
FROM instruments i
LEFT JOIN bodies b ON b.id = i.body_id
WHERE i.id = :id
