SELECT g.slug, g.name, sum(p.slug = :a) AS a, sum(p.slug = :b) AS b
FROM publishers p
JOIN documents d ON d.publisher_id = p.id
JOIN document_messengers m ON m.document_id = d.id
JOIN messengers g ON g.id = m.messenger_id
WHERE p.slug IN (:a, :b) AND d.published_on BETWEEN :since AND :until
GROUP BY g.id
ORDER BY count(*) DESC, g.slug
LIMIT 20
