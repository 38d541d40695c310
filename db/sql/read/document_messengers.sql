SELECT *
FROM messenger_mentions
WHERE document_id = ?
ORDER BY instr('kicker title lead body', section), start
