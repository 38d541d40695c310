-- کدام سندها از یک پیام‌رسان نام برده‌اند، و دقیقاً کجا؟
-- :messenger = bale
-- :limit = 1000
SELECT r.published_jalali, r.title, m.section, m.start, m."end", m.surface,
  substr(CASE m.section WHEN 'kicker' THEN r.kicker WHEN 'title' THEN r.title WHEN 'lead' THEN r.lead ELSE r.body END,
    m.snippet_start + 1, m.snippet_end - m.snippet_start) AS snippet, m.rule, d.url, d.id AS document_id
FROM messengers g
JOIN mentioned_messengers m ON m.messenger_id = g.id
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = d.revision_id
WHERE g.slug = :messenger
ORDER BY d.published_on DESC, d.id, m.n
LIMIT :limit
