CREATE TABLE frontier_urls (
  id INTEGER PRIMARY KEY,
  publisher TEXT NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'failed', 'gap')),
  discovered_at TEXT NOT NULL,
  printed_at TEXT,
  asked_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  etag TEXT,
  last_modified TEXT,
  repeats INTEGER NOT NULL DEFAULT 0,
  is_main INTEGER NOT NULL DEFAULT 0 CHECK (is_main IN (0, 1)),
  document_id INTEGER REFERENCES documents(id) ON DELETE SET NULL,
  UNIQUE (publisher, url)
) STRICT;

CREATE INDEX idx_frontier_urls_state ON frontier_urls(publisher, state, asked_at);

CREATE INDEX idx_frontier_urls_document ON frontier_urls(document_id);

CREATE TABLE frontier_hosts (
  host TEXT PRIMARY KEY,
  next_start REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE frontier_sources (
  publisher TEXT NOT NULL,
  url TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  body BLOB NOT NULL,
  PRIMARY KEY (publisher, url)
) STRICT, WITHOUT ROWID;
