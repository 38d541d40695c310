-- کدام سندها از یک پیام‌رسان نام برده‌اند، و دقیقاً کجا؟
-- :messenger = bale
-- :limit = 1000
-- Which places are the newest is found in the indexes; only those are read.
WITH places AS MATERIALIZED (
  SELECT m.revision_id, m.n, d.id AS document_id, d.published_on
  FROM messengers g
  JOIN mentioned_messengers m ON m.messenger_id = g.id
  JOIN documents d ON d.revision_id = m.revision_id
  WHERE g.slug = :messenger
  ORDER BY d.published_on DESC, d.id, m.n
  LIMIT :limit
)
SELECT r.published_jalali, r.title, m.section, m.start, m."end", m.surface,
  substr(CASE m.section WHEN 'kicker' THEN r.kicker WHEN 'title' THEN r.title WHEN 'lead' THEN r.lead ELSE r.body END,
    m.snippet_start + 1, m.snippet_end - m.snippet_start) AS snippet, m.rule, d.url, d.id AS document_id
FROM places p
CROSS JOIN mentioned_messengers m ON m.revision_id = p.revision_id AND m.n = p.n
JOIN documents d ON d.id = p.document_id
JOIN revisions r ON r.id = p.revision_id
ORDER BY p.published_on DESC, p.document_id, p.n
