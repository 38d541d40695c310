SELECT count(*) AS documents
FROM (
  SELECT s.story_id
  FROM publishers p
  JOIN documents d ON d.publisher_id = p.id
  JOIN story_documents s ON s.document_id = d.id
  WHERE p.slug IN (:a, :b) AND d.published_on BETWEEN :since AND :until
  GROUP BY s.story_id
  HAVING count(DISTINCT p.id) = 2
)
