SELECT count(DISTINCT document_id) FROM (
  SELECT document_id, messenger_id, mentions FROM document_messengers
  EXCEPT
  SELECT d.id, m.messenger_id, count(*) FROM documents d
  JOIN mentioned_messengers m ON m.revision_id = d.revision_id
  GROUP BY d.id, m.messenger_id
)
