SELECT p.slug, coalesce(p.name, p.slug) AS name, sum(g.slug = :a) AS a, sum(g.slug = :b) AS b
FROM messengers g
JOIN document_messengers m ON m.messenger_id = g.id
JOIN documents d ON d.id = m.document_id
JOIN publishers p ON p.id = d.publisher_id
WHERE g.slug IN (:a, :b) AND d.published_on BETWEEN :since AND :until
GROUP BY p.id
ORDER BY count(*) DESC, p.slug
LIMIT 20
