SELECT d.jalali_month AS month, count(*) AS documents
FROM messengers g
JOIN document_messengers m ON m.messenger_id = g.id
JOIN documents d ON d.id = m.document_id
WHERE g.slug = :one AND d.published_on BETWEEN :since AND :until
GROUP BY d.jalali_month
