-- Search by lemma: a column more, and so a table anew; whoever opens the archive to write fills it.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 ( -- Folded text of every document's current revision; `Archive.search` asks it.
  title, -- kicker and title
  lead, -- the lead
  body, -- the body
  joined, -- words written with ZWNJ, once more without it
  lemmas, -- lemmas of inflected words, where they are not among the words themselves
  content = '', tokenize = 'ascii'
);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
DELETE FROM joined_words;
DELETE FROM meta WHERE key = 'search';
