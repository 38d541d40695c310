WITH facts AS (
  SELECT revision_id, section, start, "end" - start AS length, surface FROM mentioned_messengers
  UNION ALL
  SELECT revision_id, section, start, "end" - start AS length, surface FROM mentioned_instruments
  UNION ALL
  SELECT revision_id, section, start, "end" - start AS length, surface FROM cited_clauses
  UNION ALL
  SELECT revision_id, section, start, "end" - start AS length, surface FROM mentioned_sessions
  UNION ALL
  SELECT revision_id, section, start, "end" - start AS length, surface FROM mentioned_dates
  UNION ALL
  SELECT revision_id, section, start, "end" - start AS length, surface FROM mentioned_agencies
)
SELECT count(*) FROM facts f
JOIN revisions r ON r.id = f.revision_id
WHERE substr(CASE f.section WHEN 'body' THEN r.body WHEN 'lead' THEN r.lead WHEN 'title' THEN r.title ELSE r.kicker END,
  f.start + 1, f.length) IS NOT f.surface
