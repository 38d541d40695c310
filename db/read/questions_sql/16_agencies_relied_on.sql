-- رسانه‌ها در خبرهای مقررات به کدام خبرگزاری تکیه می‌کنند؟
WITH superseded AS MATERIALIZED (
  SELECT r.id FROM documents d CROSS JOIN revisions r ON r.document_id = d.id WHERE d.revisions > 1 AND r.id <> d.revision_id
), relied AS (
  SELECT r.agency, count(*) AS documents
  FROM revisions r INDEXED BY revisions_agency
  WHERE r.agency IS NOT NULL
    AND r.id NOT IN superseded
    AND EXISTS (SELECT 1 FROM cited_clauses c WHERE c.revision_id = r.id)
  GROUP BY r.agency
)
SELECT coalesce(a.name, n.agency) AS agency, n.agency AS slug, n.documents
FROM relied n LEFT JOIN agencies a ON a.slug = n.agency
ORDER BY n.documents DESC, n.agency
