-- بیش از همه به کدام بندها و ماده‌ها استناد شده است؟
SELECT i.title AS instrument, c.unit, c.number, c.documents
FROM clauses_list c JOIN instruments i ON i.id = c.instrument_id
WHERE c.documents > 0
ORDER BY c.documents DESC, i.title, c.eid
LIMIT 20
