WITH own AS (
  SELECT d.id, d.revision_id
  FROM publishers p
  JOIN documents d ON d.publisher_id = p.id
  WHERE p.slug = :one AND d.published_on BETWEEN :since AND :until
)
SELECT (SELECT count(*) FROM own) AS documents,
  (SELECT count(*) FROM own JOIN mentioned_messengers m ON m.revision_id = own.revision_id) AS mentions,
  (SELECT count(*) FROM own JOIN cited_clauses c ON c.revision_id = own.revision_id) AS citations,
  (SELECT count(*) FROM own JOIN mentioned_sessions s ON s.revision_id = own.revision_id) AS sessions
