-- Captures are packed with a dictionary that is trained on pages of their publisher: smaller and faster. What is packed on its own
-- stays so until `bayegan upgrade` packs it anew.

CREATE TABLE dictionaries ( -- What pages of one publisher have in common: a zstd dictionary, trained on the latest of them.
  id INTEGER PRIMARY KEY, -- number of the dictionary; captures are packed with the newest of their publisher
  publisher_id INTEGER NOT NULL REFERENCES publishers(id), -- whose pages
  pages INTEGER NOT NULL, -- captures of the publisher when it was trained; at ten times as many there is a new one
  sha256 BLOB NOT NULL, -- SHA-256 of the dictionary, unpacked
  data BLOB NOT NULL -- the dictionary, itself one zstd frame
) STRICT;
CREATE INDEX dictionaries_publisher ON dictionaries(publisher_id, id);

CREATE TABLE dictionary_copies ( -- The same once more: many captures need each of them.
  id INTEGER PRIMARY KEY REFERENCES dictionaries(id), -- the dictionary
  data BLOB NOT NULL -- as in `dictionaries`
) STRICT;

ALTER TABLE blobs ADD COLUMN dictionary_id INTEGER REFERENCES dictionaries(id);
CREATE INDEX blobs_dictionary ON blobs(dictionary_id) WHERE dictionary_id IS NOT NULL;

-- Most blobs have no base, and a revision names few messengers: the key finds them.
DROP INDEX blobs_base;
CREATE INDEX blobs_base ON blobs(base_id) WHERE base_id IS NOT NULL;
DROP INDEX mentioned_messengers_place;
