-- Stories are found by day, and what one publisher prints over and over within a day is no story. Every article is read anew.

DELETE FROM story_documents;
DELETE FROM story_pairs;
DROP TABLE story_bands;
DROP TABLE story_prints;

CREATE TABLE story_prints ( -- What each document's text is compared by, as far as it has been.
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, -- the document
  revision_id INTEGER REFERENCES revisions(id) ON DELETE SET NULL, -- the text that was read; NULL: to be read again
  minhash BLOB -- 80 numbers of 32 bits, little-endian; NULL: too short to compare, or no article
) STRICT;
CREATE INDEX story_prints_revision ON story_prints(revision_id);

CREATE TABLE story_bands ( -- Parts of the prints: articles that share one are compared.
  day INTEGER NOT NULL, -- of publication, as a Julian day number
  band INTEGER NOT NULL, -- a digest of four of the numbers, and of which four
  publisher_id INTEGER NOT NULL, -- whose article
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- the article
  PRIMARY KEY (day, band, publisher_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_bands_document ON story_bands(document_id);

CREATE TABLE story_templates ( -- Bands that too many articles of a publisher share on one day: they stand in none.
  day INTEGER NOT NULL, -- the day
  band INTEGER NOT NULL, -- the band
  publisher_id INTEGER NOT NULL, -- whose articles
  PRIMARY KEY (day, band, publisher_id)
) STRICT, WITHOUT ROWID;
