CREATE VIEW instruments_list AS -- Every law, resolution, bylaw … that is known or named.
SELECT i.id AS instrument_id, -- number of the instrument
  i.uri, -- after ELI
  i.title, -- canonical title
  i.kind, -- law, resolution, bylaw, directive …
  b.name AS body, -- who issued it
  i.approved_on, -- ISO day of approval
  (SELECT group_concat(number, '، ') FROM (SELECT number FROM instrument_sessions s WHERE s.instrument_id = i.id ORDER BY number)) AS sessions, -- numbers of the meetings that approved it
  (SELECT count(*) FROM (
    SELECT revision_id FROM cited_clauses c WHERE c.instrument_id = i.id
    UNION SELECT revision_id FROM mentioned_instruments m WHERE m.instrument_id = i.id
  ) x JOIN documents d ON d.revision_id = x.revision_id) AS documents -- how many name it or cite a clause of it
FROM instruments i
LEFT JOIN bodies b ON b.id = i.body_id
