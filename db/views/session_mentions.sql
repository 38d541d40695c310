CREATE VIEW session_mentions AS -- Every meeting a document names, one row for each number.
SELECT d.id AS document_id, -- number of the document
  r.published_on, -- day of publication in Tehran
  b.name AS body, -- who met
  m.number, -- number of the meeting; NULL where only its day is told
  m.held_on, -- ISO day where it is told
  m.section, -- kicker, title, lead or body
  m.start, -- first code point of the span in that section
  m."end", -- one past its last
  m.surface, -- the words themselves
  {snippet} AS snippet, -- the words around them
  d.url, -- address of the document
  m.rule, -- what found it
  m.certain, -- 0: it rests on an inference
  p.slug AS publisher, -- whose document
  m.body_id -- number of the body
FROM mentioned_sessions m
JOIN documents d ON d.revision_id = m.revision_id
JOIN publishers p ON p.id = d.publisher_id
JOIN revisions r ON r.id = m.revision_id
LEFT JOIN bodies b ON b.id = m.body_id
