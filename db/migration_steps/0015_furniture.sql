CREATE TABLE furniture ( -- What a publisher prints on most of its pages, learned from them; it is kept out of facts.
  publisher_id INTEGER NOT NULL REFERENCES publishers(id), -- whose pages
  line_key TEXT NOT NULL, -- a short line, folded, or five words of a long one
  example TEXT NOT NULL, -- a line as it is printed
  documents INTEGER NOT NULL, -- articles of different text that have it
  of_documents INTEGER NOT NULL, -- of so many that were looked at
  PRIMARY KEY (publisher_id, line_key)
) STRICT, WITHOUT ROWID;
