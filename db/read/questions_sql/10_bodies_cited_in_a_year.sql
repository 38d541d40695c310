-- در یک سال به مصوبه‌های کدام نهاد بیشتر استناد شده است؟
-- :year = 1398
SELECT b.name AS body, count(DISTINCT d.id) AS documents
FROM documents d
JOIN cited_clauses m ON m.revision_id = d.revision_id
LEFT JOIN instruments i ON i.id = m.instrument_id
JOIN bodies b ON b.id = coalesce(m.body_id, i.body_id)
WHERE d.jalali_month BETWEEN :year || '-01' AND :year || '-12'
GROUP BY b.id
ORDER BY documents DESC, b.name
