-- Instruments of a title, an alias, or a name that a text gives or a person has decided on: of the year that is asked for first, then
-- listed ones, then the one in force. What a person has decided holds for every year.
SELECT i.id, i.body_id, i.known, CASE WHEN d.uri IS NULL THEN i.year END AS year FROM instruments i
LEFT JOIN (SELECT DISTINCT uri FROM law_decisions WHERE kind = 'merge' AND value = :title) d ON d.uri = i.uri
WHERE i.title_folded = :title
  OR d.uri IS NOT NULL
  OR i.uri IN (SELECT slug FROM aliases WHERE alias_folded = :title AND kind = 'instrument')
  OR i.id IN (SELECT l.instrument_id FROM law_titles t JOIN laws l ON l.revision_id = t.revision_id WHERE t.title_folded = :title)
ORDER BY d.uri IS NOT NULL DESC, i.year IS :year AND :year IS NOT NULL DESC, i.known DESC, i.year DESC, i.id
