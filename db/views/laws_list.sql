CREATE VIEW laws_list AS -- Every law whose text is in the archive, by its current text.
SELECT l.instrument_id, -- number of the instrument
  i.uri, -- after ELI
  i.title, -- canonical title
  i.kind, -- law, resolution, bylaw, directive …
  l.number, -- its number as printed
  b.name AS body, -- who issued it
  i.approved_on, -- ISO day of approval
  i.communicated_on, -- ISO day of the letter that communicated it
  i.gazetted_on, -- ISO day of the official gazette
  l.gazette_number, -- number of the official gazette
  (SELECT count(*) FROM clauses c WHERE c.instrument_id = i.id) AS clauses, -- how many clauses it has
  (SELECT count(*) FROM laws v WHERE v.instrument_id = i.id) AS versions, -- how many texts of it are kept
  r.document_id, -- the document that holds the text
  d.url -- its address
FROM current_laws t
JOIN laws l ON l.revision_id = t.revision_id
JOIN instruments i ON i.id = t.instrument_id
JOIN revisions r ON r.id = t.revision_id
JOIN documents d ON d.id = r.document_id
LEFT JOIN bodies b ON b.id = i.body_id
