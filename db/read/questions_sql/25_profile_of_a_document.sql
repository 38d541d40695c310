-- شناسنامهٔ حقوقی یک سند
-- :document_id = 1
WITH found AS (
  SELECT 'messenger' AS kind, section, start, surface, name AS what FROM messenger_mentions WHERE document_id = CAST(:document_id AS INTEGER)
  UNION ALL
  SELECT 'citation', section, start, surface, unit || ' ' || coalesce(number, '') || coalesce(' ' || instrument, '')
  FROM clause_citations WHERE document_id = CAST(:document_id AS INTEGER)
  UNION ALL
  SELECT 'session', section, start, surface, coalesce(body, '') || coalesce(' ' || number, '') || coalesce(' ' || held_on, '')
  FROM session_mentions WHERE document_id = CAST(:document_id AS INTEGER)
  UNION ALL
  SELECT 'instrument', m.section, m.start, m.surface, i.title
  FROM documents d JOIN mentioned_instruments m ON m.revision_id = d.revision_id JOIN instruments i ON i.id = m.instrument_id
  WHERE d.id = CAST(:document_id AS INTEGER)
)
SELECT kind, section, start, surface, what
FROM found
ORDER BY instr('kicker title lead body', section), start, kind, what
