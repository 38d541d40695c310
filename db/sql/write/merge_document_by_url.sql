SELECT u.document_id
FROM document_urls u
JOIN publishers p ON p.id = u.publisher_id
WHERE p.slug = ? AND u.url = ?
