CREATE VIEW missing_clauses AS -- Citations of clauses that the law, whose text is in the archive, does not have.
SELECT d.id AS document_id, -- number of the document
  p.slug AS publisher, -- whose document
  m.instrument_id, -- of which instrument
  i.title AS instrument, -- its title
  m.eid, -- the clause as cited
  m.unit, -- بند، ماده، تبصره …
  m.number, -- integer, or text such as الف
  m.section, -- kicker, title, lead or body
  m.start, -- first code point of the span in that section
  m."end", -- one past its last
  m.surface, -- the words themselves
  r.captured_at, -- when this text was first seen
  d.url -- address of the document
FROM current_laws t
CROSS JOIN cited_clauses m ON m.instrument_id = t.instrument_id -- laws with a text are few
JOIN documents d ON d.revision_id = m.revision_id
JOIN revisions r ON r.id = m.revision_id
JOIN publishers p ON p.id = d.publisher_id
JOIN instruments i ON i.id = m.instrument_id
WHERE NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
  AND EXISTS (SELECT 1 FROM clauses k WHERE k.instrument_id = t.instrument_id)
  AND NOT EXISTS (SELECT 1 FROM clauses c WHERE c.instrument_id = m.instrument_id AND c.eid = m.eid)
  AND NOT EXISTS (SELECT 1 FROM clause_names n WHERE n.instrument_id = m.instrument_id AND n.eid = m.eid)
  -- Only what is beyond the last one of its kind: an old text leaves clauses out, a part of a law begins late, items may have no numbers.
  AND typeof(m.number) = 'integer' AND m.number > (
    SELECT max(k.number) FROM clauses k WHERE k.instrument_id = m.instrument_id AND k.unit = m.unit AND typeof(k.number) = 'integer'
      AND (k.unit IN ('ماده', 'اصل') OR k.parent_eid = replace(
        rtrim(rtrim(replace(m.eid, '__', '/'), replace(replace(m.eid, '__', '/'), '/', '')), '/'), '/', '__')))
