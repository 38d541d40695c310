-- استنادهایی که معلوم نیست به کدام قانون یا مصوبه است
SELECT r.published_jalali, m.unit, m.number, m.surface, r.title, d.url
FROM cited_clauses m
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = d.revision_id
WHERE m.instrument_id IS NULL
ORDER BY d.published_on, d.id, m.n
