SELECT *
FROM clause_citations
WHERE document_id = ?
ORDER BY instr('kicker title lead body', section), start
