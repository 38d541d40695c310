DELETE FROM bodies
WHERE slug IS NULL
  AND id NOT IN (SELECT body_id FROM cited_clauses WHERE body_id IS NOT NULL)
  AND id NOT IN (SELECT body_id FROM mentioned_sessions WHERE body_id IS NOT NULL)
  AND id NOT IN (SELECT body_id FROM instruments WHERE body_id IS NOT NULL)
  AND id NOT IN (SELECT body_id FROM laws WHERE body_id IS NOT NULL)
  AND id NOT IN (SELECT body_id FROM law_sessions)
  AND id NOT IN (SELECT body_id FROM instrument_sessions)
