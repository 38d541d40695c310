SELECT count(DISTINCT b.document_id)
FROM revisions a
JOIN revisions b ON b.document_id = a.document_id AND b.number = a.number + 1
WHERE julianday(b.captured_at) < julianday(a.captured_at)
