CREATE VIEW messenger_mentions AS -- Every place where a document names a messenger or network.
SELECT d.id AS document_id, -- number of the document
  r.published_on, -- day of publication in Tehran
  g.slug AS messenger, -- Latin short name
  g.name, -- Persian name
  g.domestic, -- 1: Iranian
  m.section, -- kicker, title, lead or body
  m.start, -- first code point of the span in that section
  m."end", -- one past its last
  m.surface, -- the words themselves
  {snippet} AS snippet, -- the words around them
  m.rule, -- on which evidence the name was accepted
  d.url, -- address of the document
  m.certain, -- 0: it rests on an inference
  p.slug AS publisher -- whose document
FROM mentioned_messengers m
JOIN documents d ON d.revision_id = m.revision_id
JOIN publishers p ON p.id = d.publisher_id
JOIN revisions r ON r.id = m.revision_id
JOIN messengers g ON g.id = m.messenger_id
