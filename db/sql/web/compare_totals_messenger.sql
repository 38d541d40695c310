WITH own AS (
  SELECT d.id, d.revision_id, d.publisher_id, m.mentions
  FROM messengers g
  JOIN document_messengers m ON m.messenger_id = g.id
  JOIN documents d ON d.id = m.document_id
  WHERE g.slug = :one AND d.published_on BETWEEN :since AND :until
)
SELECT (SELECT count(*) FROM own) AS documents,
  (SELECT coalesce(sum(mentions), 0) FROM own) AS mentions,
  (SELECT count(DISTINCT publisher_id) FROM own) AS publishers,
  (SELECT count(*) FROM own JOIN cited_clauses c ON c.revision_id = own.revision_id) AS citations
