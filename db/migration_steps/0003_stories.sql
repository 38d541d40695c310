-- Near-duplicates across publishers: the press prints one story many times.

CREATE TABLE story_prints ( -- What each article's text is compared by, as far as it has been.
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, -- the article
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- the text that was read
  minhash BLOB -- 80 numbers of 32 bits, little-endian; NULL: too short to compare
) STRICT;
CREATE INDEX story_prints_revision ON story_prints(revision_id);

CREATE TABLE story_bands ( -- Parts of the prints: articles that share one are compared.
  band INTEGER NOT NULL, -- a digest of four of the numbers, and of which four
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- the article
  PRIMARY KEY (band, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_bands_document ON story_bands(document_id);

CREATE TABLE story_pairs ( -- Two articles of two publishers, days apart at most, that say the same.
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- one
  other_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- the other; each pair stands here both ways
  similarity REAL NOT NULL, -- share of three-word runs that they have in common, as the prints estimate it
  PRIMARY KEY (document_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_pairs_other ON story_pairs(other_id);

CREATE TABLE story_documents ( -- Articles that stand in a story with others.
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, -- the article
  story_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- the story: the smallest number of its articles
  first_document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- the article published first
  similarity REAL NOT NULL -- to the first one, as the prints estimate it
) STRICT;
CREATE INDEX story_documents_story ON story_documents(story_id);
CREATE INDEX story_documents_first ON story_documents(first_document_id);
