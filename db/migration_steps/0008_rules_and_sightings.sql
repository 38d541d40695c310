-- Every fact says what found it and whether it rests on an inference; what is stored already is read again by `bayegan reparse`.

ALTER TABLE mentioned_messengers ADD COLUMN certain INTEGER NOT NULL DEFAULT 1 CHECK (certain IN (0, 1));
ALTER TABLE mentioned_instruments ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE mentioned_instruments ADD COLUMN certain INTEGER NOT NULL DEFAULT 1 CHECK (certain IN (0, 1));
ALTER TABLE cited_clauses ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE cited_clauses ADD COLUMN certain INTEGER NOT NULL DEFAULT 1 CHECK (certain IN (0, 1));
ALTER TABLE mentioned_sessions ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE mentioned_sessions ADD COLUMN certain INTEGER NOT NULL DEFAULT 1 CHECK (certain IN (0, 1));
ALTER TABLE mentioned_dates ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE mentioned_dates ADD COLUMN certain INTEGER NOT NULL DEFAULT 1 CHECK (certain IN (0, 1));
ALTER TABLE mentioned_agencies ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE mentioned_agencies ADD COLUMN certain INTEGER NOT NULL DEFAULT 1 CHECK (certain IN (0, 1));
ALTER TABLE revisions ADD COLUMN published_from TEXT;

-- Revisions stand in the order in which their texts were fetched, whatever the order in which they came. For that, every moment
-- is kept at which a page was seen with a text that the archive already had.
ALTER TABLE captures ADD COLUMN repeats_id INTEGER REFERENCES captures(id);
ALTER TABLE captures ADD COLUMN text_hash BLOB;
CREATE INDEX captures_repeats ON captures(repeats_id) WHERE repeats_id IS NOT NULL;

CREATE TABLE sightings ( -- Moments at which a page was fetched again and said the same; the bytes of such a page are not kept.
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- which page
  seen_at TEXT NOT NULL, -- when, ISO 8601 with offset
  capture_id INTEGER NOT NULL REFERENCES captures(id) ON DELETE CASCADE, -- the capture whose text it had
  PRIMARY KEY (document_id, seen_at, capture_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_capture ON sightings(capture_id);

-- Of earlier sightings the last one is known.
INSERT INTO sightings
SELECT d.id, d.last_seen_at, r.capture_id FROM documents d JOIN revisions r ON r.id = d.revision_id
WHERE d.last_seen_at <> r.captured_at;
