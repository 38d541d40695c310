SELECT u.url
FROM document_urls u
JOIN documents d ON d.id = u.document_id
WHERE u.document_id = ?
ORDER BY u.url <> d.url, u.url
