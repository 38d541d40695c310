SELECT id, body_id, known
FROM instruments
WHERE title_folded = :title
  OR uri IN (SELECT slug FROM aliases WHERE alias_folded = :title AND kind = 'instrument')
  OR id IN (
    SELECT l.instrument_id FROM law_titles t JOIN laws l ON l.revision_id = t.revision_id WHERE t.title_folded = :title
  )
ORDER BY known DESC, id
