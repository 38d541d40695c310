SELECT
  (SELECT count(*) FROM documents) AS documents,
  (SELECT count(*) FROM revisions) AS revisions,
  (SELECT count(*) FROM captures) AS captures,
  (SELECT count(*) FROM current_laws) AS laws,
  (SELECT count(*) FROM publishers) AS publishers,
  (SELECT max(published_on) FROM documents) AS newest,
  (SELECT count(*) FROM open_issues) AS open_issues
