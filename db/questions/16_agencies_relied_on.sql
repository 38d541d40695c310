-- رسانه‌ها در خبرهای مقررات به کدام خبرگزاری تکیه می‌کنند؟
SELECT coalesce(a.name, r.agency) AS agency, r.agency AS slug, count(*) AS documents
FROM documents d
JOIN revisions r ON r.id = d.revision_id
LEFT JOIN agencies a ON a.slug = r.agency
WHERE r.agency IS NOT NULL
  AND EXISTS (SELECT 1 FROM cited_clauses c WHERE c.revision_id = d.revision_id)
GROUP BY r.agency
ORDER BY documents DESC, r.agency
