SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*)
    FROM publishers p WHERE EXISTS (SELECT 1 FROM documents d WHERE d.publisher_id = p.id)) AS publishers,
    (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM current_laws) AS laws,
    (SELECT count(*) FROM documents WHERE revisions > 1) AS changed
