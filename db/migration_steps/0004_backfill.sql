-- Backfill: the days that a source has been listed for, and those within which a page was published.

ALTER TABLE frontier_urls ADD COLUMN earliest_on TEXT;
ALTER TABLE frontier_urls ADD COLUMN latest_on TEXT;
ALTER TABLE frontier_urls ADD COLUMN next_at TEXT;
UPDATE frontier_urls SET latest_on = date(printed_at, '+210 minutes') WHERE printed_at IS NOT NULL;
UPDATE frontier_urls SET earliest_on = d.published_on, latest_on = d.published_on
  FROM documents d WHERE d.id = frontier_urls.document_id AND d.published_on IS NOT NULL;

UPDATE frontier_urls SET next_at = CASE
  WHEN state = 'done' AND NOT is_main THEN NULL
  WHEN state = 'done' THEN strftime('%Y-%m-%dT%H:%M:%fZ', asked_at, '+' || CASE
    WHEN julianday(asked_at) - julianday(coalesce(printed_at, discovered_at)) <= 1 THEN 10800
    WHEN julianday(asked_at) - julianday(coalesce(printed_at, discovered_at)) <= 7 THEN 86400
    WHEN julianday(asked_at) - julianday(coalesce(printed_at, discovered_at)) <= 60 THEN 1209600
    ELSE 7776000 END || ' seconds')
  ELSE coalesce(asked_at, discovered_at) END;
CREATE INDEX frontier_urls_next ON frontier_urls(publisher, next_at);

CREATE TABLE frontier_publishers ( -- What a publisher's file said when it was last crawled, and how far back it was asked for.
  publisher TEXT PRIMARY KEY, -- slug of the publisher
  recheck REAL, -- seconds until a known document is asked for again; NULL: by its age
  backfill_from TEXT, -- first day that a backfill was asked for
  backfill_to TEXT -- last such day
) STRICT, WITHOUT ROWID;

CREATE TABLE backfill_listed ( -- Days for which a source has been listed to its end: a backfill does not ask for them again.
  publisher TEXT NOT NULL, -- slug of the publisher
  source TEXT NOT NULL, -- address of the source as its file writes it, or of a leaf of a sitemap
  first_on TEXT NOT NULL, -- first day in Tehran
  last_on TEXT NOT NULL CHECK (last_on >= first_on), -- last day; spans of a source that touch are one
  finished_at TEXT NOT NULL, -- when it came to its end, in UTC
  PRIMARY KEY (publisher, source, first_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX frontier_urls_latest ON frontier_urls(publisher, latest_on);
