SELECT count(*) AS documents
FROM messengers g
JOIN document_messengers m ON m.messenger_id = g.id
JOIN messengers h ON h.slug = :b
JOIN document_messengers n ON n.document_id = m.document_id AND n.messenger_id = h.id
JOIN documents d ON d.id = m.document_id
WHERE g.slug = :a AND g.slug <> :b AND d.published_on BETWEEN :since AND :until
