-- کدام نام‌ها، استنادها و جلسه‌ها از متن سند بی‌سروصدا حذف شده‌اند؟
WITH changed AS MATERIALIZED (
  SELECT n.id AS revision_id, r.id AS before_id, n.document_id, n.number, n.captured_at, r.title
  FROM documents d
  CROSS JOIN revisions n ON n.document_id = d.id AND n.number > 1
  CROSS JOIN revisions r ON r.document_id = n.document_id AND r.number = n.number - 1
  WHERE d.revisions > 1
), lost AS (
  SELECT c.revision_id, 'messenger' AS kind, g.name AS what, min(m.surface) AS surface
  FROM changed c
  CROSS JOIN mentioned_messengers m ON m.revision_id = c.before_id
  JOIN messengers g ON g.id = m.messenger_id
  WHERE NOT EXISTS (SELECT 1 FROM mentioned_messengers k WHERE k.revision_id = c.revision_id AND +k.messenger_id = m.messenger_id)
  GROUP BY c.revision_id, m.messenger_id
  UNION ALL
  SELECT c.revision_id, 'citation', m.unit || coalesce(' ' || m.number, '') || coalesce(' ' || i.title, ''), min(m.surface)
  FROM changed c
  CROSS JOIN cited_clauses m ON m.revision_id = c.before_id
  LEFT JOIN instruments i ON i.id = m.instrument_id
  WHERE NOT EXISTS (
    SELECT 1 FROM cited_clauses k
    WHERE k.revision_id = c.revision_id AND k.instrument_id IS m.instrument_id AND k.unit = m.unit AND k.number IS m.number
  )
  GROUP BY c.revision_id, m.instrument_id, m.unit, m.number
  UNION ALL
  SELECT c.revision_id, 'session',
    trim(coalesce(b.name, '') || coalesce(' ' || m.number, '') || coalesce(' ' || m.held_on, '')), min(m.surface)
  FROM changed c
  CROSS JOIN mentioned_sessions m ON m.revision_id = c.before_id
  LEFT JOIN bodies b ON b.id = m.body_id
  WHERE NOT EXISTS (
    SELECT 1 FROM mentioned_sessions k
    WHERE k.revision_id = c.revision_id AND +k.body_id IS m.body_id
      AND (k.number = m.number OR (m.number IS NULL AND k.held_on IS m.held_on))
  )
  GROUP BY c.revision_id, m.body_id, m.number, m.held_on
)
SELECT c.title, l.kind, l.what, l.surface, c.number - 1 AS had, c.number AS lost, c.captured_at, d.url, d.id AS document_id
FROM lost l
JOIN changed c ON c.revision_id = l.revision_id
JOIN documents d ON d.id = c.document_id
ORDER BY c.captured_at, d.id, l.kind, l.what
