SELECT
  (SELECT count(*) FROM documents) AS documents,
  (SELECT count(*) FROM captures) AS captures,
  (SELECT count(DISTINCT publisher_id) FROM documents) AS publishers,
  (SELECT count(*) FROM current_laws) AS laws,
  (SELECT count(*) FROM documents WHERE revisions > 1) AS changed,
  (SELECT min(published_on) FROM documents) AS first_day,
  (SELECT max(published_on) FROM documents) AS last_day,
  (SELECT count(*) FROM documents) - (SELECT count(*) FROM story_documents)
    + (SELECT count(DISTINCT story_id) FROM story_documents) AS stories
