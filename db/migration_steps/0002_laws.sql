-- Texts of laws: what each revision of a law says, and what follows from the one that is current.

CREATE TABLE laws ( -- Revisions that are the text of a law, with what the text says of itself.
  revision_id INTEGER PRIMARY KEY REFERENCES revisions(id) ON DELETE CASCADE, -- the text
  instrument_id INTEGER NOT NULL REFERENCES instruments(id), -- which law it is
  title TEXT NOT NULL, -- title without what is printed around it
  kind TEXT NOT NULL, -- law, resolution, bylaw, directive …
  number TEXT, -- its number as printed, ASCII digits
  body_id INTEGER REFERENCES bodies(id), -- who issued it
  approved_on TEXT, -- ISO day of approval
  communicated_on TEXT, -- ISO day of the letter that communicated it
  communicated_number TEXT, -- number of that letter as printed
  gazetted_on TEXT, -- ISO day of the official gazette
  gazette_number TEXT, -- number of the official gazette
  preamble_end INTEGER NOT NULL, -- code points of the body before the first clause
  closing_start INTEGER NOT NULL -- where in the body formula and signatures begin
) STRICT;
CREATE INDEX laws_instrument ON laws(instrument_id);
CREATE INDEX laws_body ON laws(body_id);

CREATE TABLE law_clauses ( -- The clauses of each such text, in its order.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  n INTEGER NOT NULL, -- place in the text
  eid TEXT NOT NULL, -- Akoma Ntoso eId: art_14__note_2__cl_b
  unit TEXT NOT NULL, -- بند، ماده، تبصره …
  number ANY, -- integer, or text such as الف
  parent_eid TEXT, -- eId of the clause around it
  label TEXT NOT NULL, -- as printed: «ماده۱ـ»
  heading TEXT, -- title of a chapter or article
  start INTEGER NOT NULL, -- first code point of the label in the body
  text_start INTEGER NOT NULL, -- where the words behind label and heading begin
  text_end INTEGER NOT NULL, -- where its own words end and the clauses in it begin
  "end" INTEGER NOT NULL, -- one past the last clause in it
  status TEXT NOT NULL CHECK (status IN ('in_force', 'amended', 'inserted', 'repealed')), -- what the text says became of it
  changed_on TEXT, -- ISO day of that, where it is told
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX law_clauses_eid ON law_clauses(revision_id, eid);

CREATE TABLE law_sessions ( -- Meetings that a text names as those that passed it.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  body_id INTEGER NOT NULL REFERENCES bodies(id), -- who met
  number INTEGER NOT NULL, -- number of the meeting
  PRIMARY KEY (revision_id, body_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX law_sessions_body ON law_sessions(body_id);

CREATE TABLE law_titles ( -- Names that a text gives its law.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  title_folded TEXT NOT NULL, -- the name as search folds it
  title TEXT NOT NULL, -- the name
  PRIMARY KEY (revision_id, title_folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX law_titles_folded ON law_titles(title_folded);

CREATE TABLE law_relations ( -- What a law says that it does to another.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  n INTEGER NOT NULL, -- place among its kind
  relation TEXT NOT NULL CHECK (relation IN ('amends', 'inserts', 'cancels', 'repeals')), -- اصلاح، الحاق، لغو، نسخ
  instrument_id INTEGER NOT NULL REFERENCES instruments(id), -- the law that is changed
  eid TEXT, -- its clause; NULL: all of it
  source_eid TEXT, -- the clause that says so; NULL: the title
  happened_on TEXT, -- ISO day on which the changing law was approved, else communicated, else printed
  section TEXT NOT NULL CHECK (section IN ('kicker', 'title', 'lead', 'body')), -- which part of the text
  start INTEGER NOT NULL, -- first code point of the span in that section
  "end" INTEGER NOT NULL, -- one past its last
  surface TEXT NOT NULL, -- the words themselves
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX law_relations_instrument ON law_relations(instrument_id, eid);

CREATE TABLE current_laws ( -- Which text of a law is its current one.
  instrument_id INTEGER PRIMARY KEY REFERENCES instruments(id) ON DELETE CASCADE, -- the law
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE -- the text: of the current revisions the one with most clauses, then the latest
) STRICT;
CREATE INDEX current_laws_revision ON current_laws(revision_id);

CREATE TABLE clause_names ( -- Other ways to cite a clause that can mean no other one: «تبصره ۲» of a law with one article.
  instrument_id INTEGER NOT NULL REFERENCES instruments(id) ON DELETE CASCADE, -- of which law
  eid TEXT NOT NULL, -- as cited
  clause_eid TEXT NOT NULL, -- as in `clauses`
  PRIMARY KEY (instrument_id, eid)
) STRICT, WITHOUT ROWID;
