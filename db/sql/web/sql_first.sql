-- The clauses that articles cite, with who prints them and what each clause says.
SELECT c.published_on, a.publisher, a.title, c.surface, c.instrument, l.text AS clause_text, c.document_id
FROM clause_citations c
JOIN articles a ON a.document_id = c.document_id
LEFT JOIN clauses_list l ON l.instrument_id = c.instrument_id AND l.eid = c.clause_eid AND l.valid_to IS NULL
WHERE a.kind = 'article'
ORDER BY c.published_on DESC, c.document_id, c.start
LIMIT 50
