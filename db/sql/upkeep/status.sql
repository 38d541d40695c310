SELECT
  (SELECT count(*) FROM documents) AS documents,
  (SELECT count(*) FROM revisions) AS revisions,
  (SELECT count(*) FROM captures) AS captures,
  (SELECT count(*) FROM current_laws) AS laws,
  (SELECT count(*) FROM publishers) AS publishers,
  (SELECT max(published_on) FROM documents) AS newest,
  (SELECT command || ' ' || status || ' ' || started_at FROM runs ORDER BY id DESC LIMIT 1) AS last_run,
  (SELECT count(*) FROM issues WHERE closed_run_id IS NULL AND level <> 'info') AS open_issues
