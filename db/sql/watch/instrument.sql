SELECT i.id FROM instruments i
WHERE CAST(i.id AS TEXT) = :key OR i.uri = :key OR i.title_folded = :title
  OR i.uri IN (SELECT slug FROM aliases WHERE alias_folded = :title AND kind = 'instrument')
  OR i.id IN (SELECT l.instrument_id FROM law_titles t JOIN laws l ON l.revision_id = t.revision_id WHERE t.title_folded = :title)
ORDER BY i.title_folded = :title DESC, i.id LIMIT 1
