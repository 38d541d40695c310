CREATE VIEW unapplied_law_changes AS -- Changes that laws state and that the text of the changed law could not follow.
SELECT u.instrument_id, -- the law that should have changed
  o.title, -- its title
  m.eid, -- the clause; NULL: all of it
  m.relation, -- amends, inserts, cancels, repeals
  m.happened_on, -- ISO day of the changing law
  u.reason, -- why the text could not follow
  i.title AS changed_by, -- title of the changing law
  m.source_eid, -- its clause that says so
  m.surface, -- the words that cite the clause
  d.id AS document_id, -- the document that says so
  d.url -- its address
FROM unapplied_changes u
JOIN law_relations m ON m.revision_id = u.revision_id AND m.n = u.n
JOIN documents d ON d.revision_id = u.revision_id
JOIN laws l ON l.revision_id = u.revision_id
JOIN instruments i ON i.id = l.instrument_id
JOIN instruments o ON o.id = u.instrument_id
