-- Which meetings and instruments each document names, as it reads today: each once, however often it is named.

CREATE TABLE document_sessions ( -- Meetings of known bodies that each document names.
  body_id INTEGER NOT NULL REFERENCES bodies(id), -- who met
  number INTEGER NOT NULL, -- number of the meeting; 0 where only its day is told
  published_on TEXT NOT NULL, -- ISO day on which the document was published, empty where it does not tell
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- which document
  held_on TEXT NOT NULL, -- ISO day of the meeting where it is told, else empty
  is_first INTEGER NOT NULL CHECK (is_first IN (0, 1)), -- 1 in one row for each document and meeting, so that they can be counted
  PRIMARY KEY (body_id, number, published_on, document_id, held_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_sessions_document ON document_sessions(document_id);
INSERT INTO document_sessions
SELECT m.body_id, coalesce(m.number, 0) AS meeting, coalesce(d.published_on, ''), d.id, coalesce(m.held_on, '') AS day,
  row_number() OVER (PARTITION BY d.id, m.body_id, coalesce(m.number, 0) ORDER BY coalesce(m.held_on, '')) = 1
FROM mentioned_sessions m JOIN documents d ON d.revision_id = m.revision_id JOIN bodies b ON b.id = m.body_id
GROUP BY d.id, m.body_id, meeting, day;

CREATE TABLE document_instruments ( -- Instruments that each document names, or of which it cites a clause.
  instrument_id INTEGER NOT NULL REFERENCES instruments(id), -- which instrument
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- which document
  PRIMARY KEY (instrument_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_instruments_document ON document_instruments(document_id);
INSERT INTO document_instruments
SELECT i.id, d.id FROM cited_clauses m JOIN documents d ON d.revision_id = m.revision_id JOIN instruments i ON i.id = m.instrument_id
UNION
SELECT i.id, d.id FROM mentioned_instruments m JOIN documents d ON d.revision_id = m.revision_id JOIN instruments i ON i.id = m.instrument_id;
