CREATE VIEW run_log AS -- One row for each job.
SELECT id AS run_id, -- number of the run
  command, -- crawl, add or reparse
  started_at, -- ISO 8601 with offset
  finished_at, -- NULL while running and when killed
  status, -- running, done, failed or interrupted
  discovered, -- distinct article URLs
  fetched, -- article pages answered with a body
  not_modified, -- answered 304
  inserted, -- new documents
  updated, -- new revisions of known documents
  unchanged, -- a body with the text already held
  failed -- URLs that gave nothing
FROM runs
