-- Which messengers documents name near a council, as they read today: within 200 code points of the same section.

CREATE TABLE body_neighbours ( -- Near a meeting of a body, or a clause of which the text or the lexicon tells who issued it.
  body_id INTEGER NOT NULL REFERENCES bodies(id), -- which body
  messenger_id INTEGER NOT NULL REFERENCES messengers(id), -- which messenger
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- in which document
  PRIMARY KEY (body_id, messenger_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX body_neighbours_messenger ON body_neighbours(messenger_id);
CREATE INDEX body_neighbours_document ON body_neighbours(document_id);

-- Who issued an instrument may become known long after the text that cites it, so it is not written here.
CREATE TABLE instrument_neighbours ( -- Near a clause of which only the instrument is told.
  instrument_id INTEGER NOT NULL REFERENCES instruments(id), -- which instrument
  messenger_id INTEGER NOT NULL REFERENCES messengers(id), -- which messenger
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- in which document
  PRIMARY KEY (instrument_id, messenger_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX instrument_neighbours_messenger ON instrument_neighbours(messenger_id);
CREATE INDEX instrument_neighbours_document ON instrument_neighbours(document_id);

INSERT INTO body_neighbours
SELECT s.body_id, m.messenger_id, d.id
FROM mentioned_sessions s JOIN documents d ON d.revision_id = s.revision_id
CROSS JOIN mentioned_messengers m ON m.revision_id = s.revision_id AND m.section = s.section
  AND m.start BETWEEN s.start - 200 AND s.start + 200
WHERE s.body_id IS NOT NULL
UNION
SELECT c.body_id, m.messenger_id, d.id
FROM cited_clauses c JOIN documents d ON d.revision_id = c.revision_id
CROSS JOIN mentioned_messengers m ON m.revision_id = c.revision_id AND m.section = c.section
  AND m.start BETWEEN c.start - 200 AND c.start + 200
WHERE c.body_id IS NOT NULL;

INSERT INTO instrument_neighbours
SELECT DISTINCT c.instrument_id, m.messenger_id, d.id
FROM cited_clauses c JOIN documents d ON d.revision_id = c.revision_id
CROSS JOIN mentioned_messengers m ON m.revision_id = c.revision_id AND m.section = c.section
  AND m.start BETWEEN c.start - 200 AND c.start + 200
WHERE c.body_id IS NULL AND c.instrument_id IS NOT NULL;
