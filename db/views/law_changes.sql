CREATE VIEW law_changes AS -- What laws do to other laws, as their texts say.
SELECT l.instrument_id, -- the law that changes another
  i.title, -- its title
  m.relation, -- amends, inserts, cancels, repeals
  m.instrument_id AS changed_id, -- the law that is changed
  o.title AS changed, -- its title
  m.eid AS changed_eid, -- the clause of it; NULL: all of it
  m.source_eid, -- the clause that says so; NULL: the title
  m.happened_on, -- ISO day on which the changing law was approved, else communicated, else printed
  m.section, -- title or body
  m.start, -- first code point of the span in that section
  m."end", -- one past its last
  m.surface, -- the words themselves
  d.id AS document_id, -- the document that says so
  d.url, -- its address
  m.change, -- replace_words, insert_words, delete_words, replace, replace_own, insert, repeal, extend, rename; NULL: only said
  m.old_words, -- the words taken out
  m.new_words, -- the words put in
  m.beside, -- the words next to which they are put
  u.reason AS unapplied, -- why the text of the changed law could not follow; NULL: it did, or is not in the archive
  o.uri AS changed_uri -- URI of the law that is changed
FROM law_relations m
JOIN documents d ON d.revision_id = m.revision_id
JOIN laws l ON l.revision_id = m.revision_id
JOIN instruments i ON i.id = l.instrument_id
JOIN instruments o ON o.id = m.instrument_id
LEFT JOIN unapplied_changes u ON u.revision_id = m.revision_id AND u.n = m.n
