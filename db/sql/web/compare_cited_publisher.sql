SELECT i.id AS slug, i.title AS name, count(DISTINCT CASE p.slug WHEN :a THEN d.id END) AS a,
  count(DISTINCT CASE p.slug WHEN :b THEN d.id END) AS b
FROM publishers p
JOIN documents d ON d.publisher_id = p.id
JOIN cited_clauses c ON c.revision_id = d.revision_id
JOIN instruments i ON i.id = c.instrument_id
WHERE p.slug IN (:a, :b) AND d.published_on BETWEEN :since AND :until
GROUP BY i.id
ORDER BY count(DISTINCT d.id) DESC, i.title
LIMIT 20
