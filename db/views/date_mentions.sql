CREATE VIEW date_mentions AS -- Every date a document prints, the impossible ones too.
SELECT d.id AS document_id, -- number of the document
  m.date_from, -- first day, ISO; NULL where the date is impossible
  m.date_to, -- last day, ISO
  m.precision, -- day, month, year …
  m.calendar, -- jalali, gregorian, hijri
  m.valid, -- 0: no calendar has this day
  m.surface, -- the words themselves
  d.url, -- address of the document
  m.rule, -- what found it
  m.certain -- 0: it rests on an inference
FROM mentioned_dates m
JOIN documents d ON d.revision_id = m.revision_id
