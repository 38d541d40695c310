SELECT d.jalali_month AS month, count(*) AS documents
FROM publishers p
JOIN documents d ON d.publisher_id = p.id
WHERE p.slug = :one AND d.published_on BETWEEN :since AND :until
GROUP BY d.jalali_month
