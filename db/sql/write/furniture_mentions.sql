SELECT r.body, m.start
FROM documents d JOIN revisions r ON r.id = d.revision_id
JOIN (
  SELECT revision_id, section, start FROM mentioned_messengers
  UNION ALL SELECT revision_id, section, start FROM cited_clauses
  UNION ALL SELECT revision_id, section, start FROM mentioned_sessions
) m ON m.revision_id = r.id AND m.section = 'body'
WHERE d.publisher_id = (SELECT id FROM publishers WHERE slug = :publisher) AND d.kind = 'article'
