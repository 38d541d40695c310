CREATE TABLE watches ( -- What somebody wants to be told of when it happens.
  id INTEGER PRIMARY KEY, -- number of the watch
  name TEXT NOT NULL UNIQUE, -- its name: a-z, 0-9, - and _
  query TEXT NOT NULL, -- a search, `clause:…`, `law:…`, `sql:SELECT …`, `question:NAME` or `health`
  targets TEXT NOT NULL CHECK (json_valid(targets)), -- JSON list of names of the configuration's `alerts.to`; no address is kept here
  digest TEXT NOT NULL CHECK (digest IN ('run', 'day')), -- told at the end of each run, or once a day
  is_declared INTEGER NOT NULL CHECK (is_declared IN (0, 1)), -- 1: the configuration file declares it
  added_at TEXT NOT NULL, -- ISO 8601 with offset
  seen_revision INTEGER NOT NULL, -- the last revision that was looked at
  trouble TEXT -- why it could not be evaluated at the end of the last run; NULL: it could
) STRICT;

CREATE TABLE watch_items ( -- What watches have found: each thing once for each watch.
  id INTEGER PRIMARY KEY, -- number of the find
  watch_id INTEGER NOT NULL REFERENCES watches(id) ON DELETE CASCADE, -- which watch
  item TEXT NOT NULL, -- what was found: `document PUBLISHER URL`, `row HASH`, `issue PUBLISHER CODE`
  document_id INTEGER REFERENCES documents(id) ON DELETE SET NULL, -- the document, if it is one
  run_id INTEGER REFERENCES runs(id), -- the run at whose end it was found; NULL: it was there when the watch was added
  found_at TEXT NOT NULL, -- ISO 8601 with offset
  content TEXT CHECK (content IS NULL OR json_valid(content)), -- JSON of title, address, passages …; NULL: it was there before, and nobody is told
  UNIQUE (watch_id, item)
) STRICT;
CREATE INDEX watch_items_document ON watch_items(document_id);
CREATE INDEX watch_items_run ON watch_items(run_id);

CREATE TABLE watch_deliveries ( -- What is to be told to whom: a row for each find and target.
  item_id INTEGER NOT NULL REFERENCES watch_items(id) ON DELETE CASCADE, -- what
  target TEXT NOT NULL, -- to whom: a name of the configuration's `alerts.to`
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent')), -- `sending` outlives a run only if that was killed meanwhile
  attempts INTEGER NOT NULL DEFAULT 0, -- how often it was tried
  tried_at TEXT, -- when it was last tried
  trouble TEXT, -- why it failed; NULL: it did not
  PRIMARY KEY (item_id, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_deliveries_state ON watch_deliveries(state);
