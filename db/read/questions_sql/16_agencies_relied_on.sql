-- رسانه‌ها در خبرهای مقررات به کدام خبرگزاری تکیه می‌کنند؟
WITH relied AS (
  SELECT r.agency, count(*) AS documents
  FROM revisions r INDEXED BY revisions_agency
  WHERE r.agency IS NOT NULL
    AND EXISTS (SELECT 1 FROM documents d WHERE d.revision_id = r.id)
    AND EXISTS (SELECT 1 FROM cited_clauses c WHERE c.revision_id = r.id)
  GROUP BY r.agency
)
SELECT coalesce(a.name, n.agency) AS agency, n.agency AS slug, n.documents
FROM relied n LEFT JOIN agencies a ON a.slug = n.agency
ORDER BY n.documents DESC, n.agency
