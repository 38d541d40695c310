CREATE VIEW clause_citations AS -- Every clause a document cites, one row for each number.
SELECT d.id AS document_id, -- number of the document
  r.published_on, -- day of publication in Tehran
  m.unit, -- بند، ماده، تبصره …
  m.number, -- integer, or text such as الف
  m.path, -- clauses around it, outermost first: JSON list of {unit, number}
  m.instrument_id, -- of which instrument
  i.title AS instrument, -- its canonical title
  b.name AS body, -- who issued it
  m.section, -- kicker, title, lead or body
  m.start, -- first code point of the span in that section
  m."end", -- one past its last
  m.surface, -- the words themselves
  {snippet} AS snippet, -- the words around them
  c.text AS clause_text, -- what the clause says, where the instrument itself is in the archive
  d.url, -- address of the document
  m.eid, -- Akoma Ntoso eId of the clause, as cited
  m.rule, -- what found it
  m.certain, -- 0: it rests on an inference
  coalesce(n.clause_eid, m.eid) AS clause_eid, -- eId that clauses_list has, for joins
  p.slug AS publisher -- whose document
FROM cited_clauses m
JOIN documents d ON d.revision_id = m.revision_id
JOIN publishers p ON p.id = d.publisher_id
JOIN revisions r ON r.id = m.revision_id
LEFT JOIN instruments i ON i.id = m.instrument_id
LEFT JOIN bodies b ON b.id = coalesce(m.body_id, i.body_id)
LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
LEFT JOIN clauses c ON c.instrument_id = m.instrument_id AND c.eid = coalesce(n.clause_eid, m.eid)
