INSERT INTO document_messengers
SELECT m.messenger_id, coalesce(d.jalali_month, ''), d.id, count(*)
FROM documents d
JOIN mentioned_messengers m ON m.revision_id = d.revision_id
WHERE d.id = :id
GROUP BY m.messenger_id
