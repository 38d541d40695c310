SELECT p.slug AS publisher, coalesce(p.name, p.slug) AS name, d.jalali_month AS month, count(*) AS documents
FROM documents d
JOIN publishers p ON p.id = d.publisher_id
WHERE d.jalali_month IS NOT NULL
GROUP BY p.id, month
ORDER BY p.slug, month
