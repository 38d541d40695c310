-- Instruments of a title, an alias, or a name that a text gives: of the year that is asked for first, then listed ones, then the
-- one in force.
SELECT id, body_id, known, year FROM instruments
WHERE title_folded = :title
  OR uri IN (SELECT slug FROM aliases WHERE alias_folded = :title AND kind = 'instrument')
  OR id IN (SELECT l.instrument_id FROM law_titles t JOIN laws l ON l.revision_id = t.revision_id WHERE t.title_folded = :title)
ORDER BY year IS :year AND :year IS NOT NULL DESC, known DESC, year DESC, id
