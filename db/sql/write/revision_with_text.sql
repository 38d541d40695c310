SELECT id
FROM revisions
WHERE document_id = :document AND text_hash = :digest
ORDER BY id
LIMIT 1
