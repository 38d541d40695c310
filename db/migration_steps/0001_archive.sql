-- Comments inside a statement stay in the database's own schema; docs/schema.md is made from them.

CREATE TABLE meta ( -- What the archive knows of itself: digests of the views, the lexicon and the search index it was made with.
  key TEXT PRIMARY KEY, -- lexicon, views or search
  value TEXT NOT NULL -- a digest or version
) STRICT, WITHOUT ROWID;

CREATE TABLE publishers ( -- Who publishes: sites, agencies, gazettes, regulators.
  id INTEGER PRIMARY KEY, -- number of the publisher
  slug TEXT NOT NULL UNIQUE, -- Latin short name, as in `--publisher`
  name TEXT, -- Persian name, once a source file has told it
  homepage TEXT -- address of the front page
) STRICT;

CREATE TABLE runs ( -- One row for each scheduled job.
  id INTEGER PRIMARY KEY, -- number of the run, in order of time
  command TEXT NOT NULL, -- crawl, add or reparse
  started_at TEXT NOT NULL, -- ISO 8601 with offset
  finished_at TEXT, -- ISO 8601 with offset; NULL while running and when killed
  status TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'done', 'failed', 'interrupted')), -- done: exit 0; failed: exit 1 or 4; interrupted: it was killed
  discovered INTEGER NOT NULL DEFAULT 0, -- distinct article URLs found
  fetched INTEGER NOT NULL DEFAULT 0, -- article pages answered with a body
  not_modified INTEGER NOT NULL DEFAULT 0, -- answered 304
  inserted INTEGER NOT NULL DEFAULT 0, -- new documents
  updated INTEGER NOT NULL DEFAULT 0, -- new revisions of known documents
  unchanged INTEGER NOT NULL DEFAULT 0, -- a body with the text already held
  failed INTEGER NOT NULL DEFAULT 0 -- URLs that gave nothing
) STRICT;

CREATE TABLE run_publishers ( -- Which publishers a run went for.
  run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, -- the run
  publisher_id INTEGER NOT NULL REFERENCES publishers(id), -- the publisher
  PRIMARY KEY (run_id, publisher_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_publishers_publisher ON run_publishers(publisher_id);

CREATE TABLE issues ( -- Everything that went wrong or looked odd, one row each time it was met.
  id INTEGER PRIMARY KEY, -- number of the occurrence
  run_id INTEGER NOT NULL REFERENCES runs(id), -- the run that met it
  publisher_id INTEGER NOT NULL REFERENCES publishers(id), -- whose page, feed or host
  code TEXT NOT NULL, -- stable name of the kind: timeout, bad_feed, soft_404 …
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')), -- info does not fail a run
  message TEXT NOT NULL, -- one sentence for a person
  url TEXT, -- where it was met
  noted_at TEXT NOT NULL, -- ISO 8601 with offset
  closed_run_id INTEGER REFERENCES runs(id) -- the later run that went without it; NULL: still open
) STRICT;
CREATE INDEX issues_run ON issues(run_id, publisher_id, code);
CREATE INDEX issues_publisher ON issues(publisher_id, code);
CREATE INDEX issues_closed ON issues(closed_run_id);

CREATE TABLE blobs ( -- Bytes as fetched, each content once.
  id INTEGER PRIMARY KEY, -- number of the content
  sha256 BLOB NOT NULL UNIQUE, -- SHA-256 of the bytes
  bytes INTEGER NOT NULL, -- their number, unpacked
  base_id INTEGER REFERENCES blobs(id), -- the earlier version used as zstd dictionary; NULL: packed on its own
  depth INTEGER NOT NULL DEFAULT 0, -- how many bases have to be unpacked first
  data BLOB NOT NULL -- one zstd frame
) STRICT;
CREATE INDEX blobs_base ON blobs(base_id);

CREATE TABLE documents ( -- One published thing: identity and life; what it says is in `revisions`.
  id INTEGER PRIMARY KEY, -- number of the document
  publisher_id INTEGER NOT NULL REFERENCES publishers(id), -- who published it
  url TEXT NOT NULL, -- canonical address, or a urn where there is none
  kind TEXT NOT NULL CHECK (kind IN ('article', 'law', 'media')), -- what the page is
  revision_id INTEGER REFERENCES revisions(id) DEFERRABLE INITIALLY DEFERRED, -- the current revision
  revisions INTEGER NOT NULL DEFAULT 0, -- how many there are
  published_on TEXT, -- day of publication in Tehran, of the current revision
  jalali_month TEXT, -- 1398-02, of the current revision
  first_seen_at TEXT NOT NULL, -- first capture, ISO 8601 with offset
  last_seen_at TEXT NOT NULL, -- last time the page was seen, changed or not
  gone_at TEXT, -- when the page first answered 404 or 410; NULL: it is there
  UNIQUE (publisher_id, url)
) STRICT;
CREATE INDEX documents_revision ON documents(revision_id, jalali_month, published_on);
CREATE INDEX documents_published ON documents(published_on);
CREATE INDEX documents_month ON documents(jalali_month, published_on);

CREATE TABLE document_urls ( -- Every address under which a document was met.
  publisher_id INTEGER NOT NULL REFERENCES publishers(id), -- whose address
  url TEXT NOT NULL, -- the address
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- the document behind it
  PRIMARY KEY (publisher_id, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_urls_document ON document_urls(document_id);
CREATE INDEX document_urls_url ON document_urls(url);

CREATE TABLE captures ( -- Pages as fetched: the evidence from which everything else can be made again.
  id INTEGER PRIMARY KEY, -- number of the capture, in order of storing
  document_id INTEGER REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED, -- the document it gave; NULL: today's parsers find none in it
  publisher_id INTEGER NOT NULL REFERENCES publishers(id), -- whose page
  blob_id INTEGER NOT NULL REFERENCES blobs(id), -- the bytes
  named_publisher INTEGER NOT NULL CHECK (named_publisher IN (0, 1)), -- 1: the publisher was given, 0: the parser told it
  url TEXT, -- address asked for
  final_url TEXT, -- address that answered, where it was another
  status INTEGER NOT NULL, -- HTTP status
  fetched_at TEXT, -- ISO 8601 with offset; NULL where nobody knew
  stored_at TEXT NOT NULL, -- when it came into the archive
  headers TEXT NOT NULL CHECK (json_valid(headers)), -- of the response, a JSON object
  request_headers TEXT NOT NULL CHECK (json_valid(request_headers)) -- of the request, a JSON object
) STRICT;
CREATE INDEX captures_document ON captures(document_id);
CREATE INDEX captures_publisher ON captures(publisher_id);
CREATE INDEX captures_blob ON captures(blob_id);

CREATE TABLE revisions ( -- One distinct text of a document, repaired.
  id INTEGER PRIMARY KEY, -- number of the revision in the archive
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- whose text
  number INTEGER NOT NULL, -- 1 for the first text of the document, and so on
  capture_id INTEGER NOT NULL UNIQUE REFERENCES captures(id), -- the capture it was read from
  captured_at TEXT NOT NULL, -- when this text was first seen
  text_hash BLOB NOT NULL, -- SHA-256 of kicker, title, lead and body
  kicker TEXT, -- line above the title
  title TEXT, -- headline
  lead TEXT, -- first paragraph, where the page sets it apart
  body TEXT NOT NULL, -- paragraphs joined by line feeds, without the lead
  news_code TEXT, -- the publisher's own number; unique within it at most
  agency TEXT, -- slug of the agency the page names as its source
  authors TEXT NOT NULL, -- JSON list of names
  category TEXT, -- path of categories, joined by « / »
  tags TEXT NOT NULL, -- JSON list
  images TEXT NOT NULL, -- JSON list of addresses
  published_at TEXT, -- ISO 8601 with Tehran's offset of that day
  published_on TEXT, -- its day in Tehran
  published_jalali TEXT, -- the same day, Jalali: 1398-02-15
  modified_at TEXT, -- ISO 8601 with offset, where the page tells it
  cms TEXT NOT NULL, -- content system whose parser read the page
  damage TEXT NOT NULL CHECK (damage IN ('deleted', 'spaced', 'mixed', 'none')), -- what had happened to the ZWNJ
  chars_added INTEGER NOT NULL, -- against the revision before; all of it for the first
  chars_removed INTEGER NOT NULL -- against the revision before
) STRICT;
CREATE INDEX revisions_document ON revisions(document_id, number);

CREATE TABLE bodies ( -- Councils, ministries, commissions, courts: who issues and who meets.
  id INTEGER PRIMARY KEY, -- number of the body
  slug TEXT UNIQUE, -- Latin short name; NULL for one that only a text has named
  name TEXT NOT NULL, -- canonical Persian name
  name_en TEXT -- English name
) STRICT;
CREATE INDEX bodies_name ON bodies(name);

CREATE TABLE messengers ( -- Messengers and social networks.
  id INTEGER PRIMARY KEY, -- number of the messenger
  slug TEXT NOT NULL UNIQUE, -- Latin short name
  name TEXT NOT NULL, -- Persian name
  name_latin TEXT, -- its own Latin spelling
  kind TEXT, -- messenger, network …
  domestic INTEGER NOT NULL DEFAULT 0 CHECK (domestic IN (0, 1)), -- 1: Iranian
  operator TEXT -- who runs it
) STRICT;

CREATE TABLE messenger_events ( -- Licences, blocks, launches, with their sources.
  messenger_id INTEGER NOT NULL REFERENCES messengers(id) ON DELETE CASCADE, -- whose
  n INTEGER NOT NULL, -- place in the lexicon's list
  event TEXT NOT NULL, -- launched, licensed, blocked, unblocked, renamed, closed …
  happened_on TEXT, -- ISO day where the day is known
  happened_when TEXT NOT NULL, -- as far as it is known, as the source says it
  note TEXT, -- what happened, in a sentence
  source TEXT, -- who says so
  PRIMARY KEY (messenger_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE agencies ( -- News agencies that are named as sources.
  id INTEGER PRIMARY KEY, -- number of the agency
  slug TEXT NOT NULL UNIQUE, -- Latin short name
  name TEXT NOT NULL -- Persian name
) STRICT;

CREATE TABLE instruments ( -- Laws, resolutions, bylaws, directives: what has clauses.
  id INTEGER PRIMARY KEY, -- number of the instrument
  uri TEXT NOT NULL UNIQUE, -- after ELI: /ir/<body>/<kind>/<year>/<name>
  title TEXT NOT NULL, -- canonical Persian title
  title_folded TEXT NOT NULL, -- the title as search folds it
  kind TEXT, -- law, resolution, bylaw, directive …
  body_id INTEGER REFERENCES bodies(id), -- who issued it
  known INTEGER NOT NULL DEFAULT 0 CHECK (known IN (0, 1)), -- 1: of the lexicon; 0: known from texts only
  approved_on TEXT, -- ISO day (or year, or year-month) of approval
  communicated_on TEXT, -- ISO day it was communicated
  gazetted_on TEXT -- ISO day it was printed in the official gazette
) STRICT;
CREATE INDEX instruments_title ON instruments(title_folded);
CREATE INDEX instruments_body ON instruments(body_id);

CREATE TABLE instrument_sessions ( -- In which meetings an instrument was approved.
  instrument_id INTEGER NOT NULL REFERENCES instruments(id) ON DELETE CASCADE, -- the instrument
  body_id INTEGER NOT NULL REFERENCES bodies(id), -- who met
  number INTEGER NOT NULL, -- number of the meeting
  PRIMARY KEY (instrument_id, body_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX instrument_sessions_body ON instrument_sessions(body_id, number);

CREATE TABLE clauses ( -- Clauses whose text is known from the instrument itself.
  id INTEGER PRIMARY KEY, -- number of the clause
  instrument_id INTEGER NOT NULL REFERENCES instruments(id) ON DELETE CASCADE, -- of which instrument
  eid TEXT NOT NULL, -- Akoma Ntoso eId: art_14__note_2__cl_b
  unit TEXT NOT NULL, -- بند، ماده، تبصره …
  number ANY, -- integer, or text such as الف
  parent_eid TEXT, -- eId of the clause around it
  text TEXT, -- what it says
  UNIQUE (instrument_id, eid)
) STRICT;

CREATE TABLE aliases ( -- Other spellings of what the authority tables name.
  alias TEXT NOT NULL, -- as written
  alias_folded TEXT NOT NULL, -- as search folds it
  kind TEXT NOT NULL CHECK (kind IN ('messenger', 'body', 'agency', 'instrument')), -- which table
  slug TEXT NOT NULL, -- slug (instruments: uri) in that table
  PRIMARY KEY (alias_folded, kind, slug, alias)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_slug ON aliases(kind, slug);

CREATE TABLE mentioned_messengers ( -- Where a revision names a messenger.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  n INTEGER NOT NULL, -- place among its kind
  messenger_id INTEGER NOT NULL REFERENCES messengers(id), -- which one
  section TEXT NOT NULL CHECK (section IN ('kicker', 'title', 'lead', 'body')), -- which part of the text
  start INTEGER NOT NULL, -- first code point of the span in that section
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past its last
  surface TEXT NOT NULL, -- the words themselves
  snippet_start INTEGER NOT NULL, -- where the sentence shown around it begins
  snippet_end INTEGER NOT NULL, -- and where it ends
  rule TEXT NOT NULL, -- on which evidence the name was accepted
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentioned_messengers_messenger ON mentioned_messengers(messenger_id, revision_id);

CREATE TABLE mentioned_instruments ( -- Where a revision names a law, resolution, bylaw …
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  n INTEGER NOT NULL, -- place among its kind
  instrument_id INTEGER NOT NULL REFERENCES instruments(id), -- which one
  section TEXT NOT NULL CHECK (section IN ('kicker', 'title', 'lead', 'body')), -- which part of the text
  start INTEGER NOT NULL, -- first code point of the span in that section
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past its last
  surface TEXT NOT NULL, -- the words themselves
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentioned_instruments_instrument ON mentioned_instruments(instrument_id, revision_id);

CREATE TABLE cited_clauses ( -- Clauses that a revision cites, one row for each number.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  n INTEGER NOT NULL, -- place among its kind
  instrument_id INTEGER REFERENCES instruments(id), -- of which instrument; NULL: the text does not tell
  body_id INTEGER REFERENCES bodies(id), -- who issued it, as far as the text or the lexicon tells
  eid TEXT NOT NULL, -- Akoma Ntoso eId of the clause
  unit TEXT NOT NULL, -- بند، ماده، تبصره …
  number ANY, -- integer, or text such as الف; NULL for a unit without one (ماده واحده)
  path TEXT NOT NULL CHECK (json_valid(path)), -- clauses around it, outermost first: JSON list of {unit, number}
  section TEXT NOT NULL CHECK (section IN ('kicker', 'title', 'lead', 'body')), -- which part of the text
  start INTEGER NOT NULL, -- first code point of the span in that section
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past its last
  surface TEXT NOT NULL, -- the words themselves
  snippet_start INTEGER NOT NULL, -- where the sentence shown around it begins
  snippet_end INTEGER NOT NULL, -- and where it ends
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX cited_clauses_instrument ON cited_clauses(instrument_id, eid, revision_id);
CREATE INDEX cited_clauses_body ON cited_clauses(body_id);

CREATE TABLE mentioned_sessions ( -- Meetings that a revision names, one row for each number.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  n INTEGER NOT NULL, -- place among its kind
  body_id INTEGER REFERENCES bodies(id), -- who met; NULL: the text does not tell
  number INTEGER, -- number of the meeting; NULL where only its day is told
  held_on TEXT, -- ISO day where it is told
  section TEXT NOT NULL CHECK (section IN ('kicker', 'title', 'lead', 'body')), -- which part of the text
  start INTEGER NOT NULL, -- first code point of the span in that section
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past its last
  surface TEXT NOT NULL, -- the words themselves
  snippet_start INTEGER NOT NULL, -- where the sentence shown around it begins
  snippet_end INTEGER NOT NULL, -- and where it ends
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentioned_sessions_body ON mentioned_sessions(body_id, number);

CREATE TABLE mentioned_dates ( -- Dates that a revision prints.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  n INTEGER NOT NULL, -- place among its kind
  date_from TEXT, -- first day, ISO; NULL where the date is impossible
  date_to TEXT, -- last day, ISO
  precision TEXT NOT NULL, -- day, month, year …
  calendar TEXT NOT NULL, -- jalali, gregorian, hijri
  valid INTEGER NOT NULL CHECK (valid IN (0, 1)), -- 0: no calendar has this day
  time TEXT, -- time of day, where one is printed
  section TEXT NOT NULL CHECK (section IN ('kicker', 'title', 'lead', 'body')), -- which part of the text
  start INTEGER NOT NULL, -- first code point of the span in that section
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past its last
  surface TEXT NOT NULL, -- the words themselves
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentioned_dates_from ON mentioned_dates(date_from);
CREATE INDEX mentioned_dates_invalid ON mentioned_dates(valid) WHERE valid = 0;

CREATE TABLE mentioned_agencies ( -- News agencies that a revision names as its source.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- in which text
  n INTEGER NOT NULL, -- place among its kind
  agency_id INTEGER NOT NULL REFERENCES agencies(id), -- which one
  section TEXT NOT NULL CHECK (section IN ('kicker', 'title', 'lead', 'body')), -- which part of the text
  start INTEGER NOT NULL, -- first code point of the span in that section
  "end" INTEGER NOT NULL CHECK ("end" > start), -- one past its last
  surface TEXT NOT NULL, -- the words themselves
  PRIMARY KEY (revision_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentioned_agencies_agency ON mentioned_agencies(agency_id, revision_id);

CREATE VIRTUAL TABLE search USING fts5 ( -- Folded text of every document's current revision; `Archive.search` asks it.
  title, -- kicker and title
  lead, -- the lead
  body, -- the body
  joined, -- words written with ZWNJ, once more without it
  content = '', tokenize = 'ascii'
);
-- Fewer merges while pages come in one by one.
INSERT INTO search (search, rank) VALUES ('automerge', 8);
