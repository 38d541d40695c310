-- Amendments word for word, the clauses of the new text that they bring, and what a law said on each day.

ALTER TABLE instruments ADD COLUMN year INTEGER;
ALTER TABLE laws ADD COLUMN year INTEGER;
ALTER TABLE law_relations ADD COLUMN year INTEGER;
ALTER TABLE law_relations ADD COLUMN change TEXT;
ALTER TABLE law_relations ADD COLUMN old_words TEXT;
ALTER TABLE law_relations ADD COLUMN new_words TEXT;
ALTER TABLE law_relations ADD COLUMN beside TEXT;
ALTER TABLE law_relations ADD COLUMN is_before INTEGER NOT NULL DEFAULT 0;

CREATE TABLE law_new_clauses ( -- The clauses of new text that an amending law brings.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  relation_n INTEGER NOT NULL, -- the relation that brings it
  n INTEGER NOT NULL, -- place in the new text
  eid TEXT NOT NULL, -- as in the changed law
  unit TEXT NOT NULL, -- بند، ماده، تبصره …
  number ANY, -- integer, or text such as الف
  parent_eid TEXT, -- eId of the clause around it
  label TEXT NOT NULL, -- as printed
  heading TEXT, -- title of an article
  start INTEGER NOT NULL, -- first code point of the label in the amending law's body
  text_start INTEGER NOT NULL, -- where its own words begin
  text_end INTEGER NOT NULL, -- where they end
  PRIMARY KEY (revision_id, relation_n, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE clause_versions ( -- What each clause of a law said, from which day until which.
  instrument_id INTEGER NOT NULL REFERENCES instruments(id) ON DELETE CASCADE, -- of which law
  n INTEGER NOT NULL, -- place: clauses in the order of the law, the versions of one by their days
  eid TEXT NOT NULL, -- Akoma Ntoso eId
  unit TEXT NOT NULL, -- بند، ماده، تبصره …
  number ANY, -- integer, or text such as الف
  parent_eid TEXT, -- eId of the clause around it
  label TEXT NOT NULL, -- as printed
  heading TEXT, -- title of a chapter or article
  own_text TEXT NOT NULL, -- its own words
  text TEXT NOT NULL, -- the same with the clauses in it
  valid_from TEXT, -- ISO day from which it said so; NULL: not known
  valid_to TEXT, -- ISO day from which it says so no more; NULL: it still does
  by_revision_id INTEGER REFERENCES revisions(id) ON DELETE CASCADE, -- the text that brought this version; NULL: the law's own
  by_n INTEGER, -- which relation of it
  PRIMARY KEY (instrument_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX clause_versions_eid ON clause_versions(instrument_id, eid);
CREATE INDEX clause_versions_by ON clause_versions(by_revision_id);

CREATE TABLE unapplied_changes ( -- Changes of a law that its text could not follow, with the reason.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- the text that says so
  n INTEGER NOT NULL, -- which relation of it
  instrument_id INTEGER NOT NULL REFERENCES instruments(id) ON DELETE CASCADE, -- the law that should have changed
  reason TEXT NOT NULL, -- why not
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX unapplied_changes_instrument ON unapplied_changes(instrument_id);

CREATE TABLE law_decisions ( -- What a person has decided of laws, kept over every reparse.
  id INTEGER PRIMARY KEY, -- in the order in which they were made
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'rename', 'edit')), -- what was decided
  uri TEXT NOT NULL, -- the law
  value TEXT NOT NULL, -- the other law's URI; the title; the text
  decided_at TEXT NOT NULL, -- ISO 8601 with offset
  decided_by TEXT -- who
) STRICT;
