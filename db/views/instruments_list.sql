CREATE VIEW instruments_list AS -- Every law, resolution, bylaw … that is known or named.
SELECT i.id AS instrument_id, -- number of the instrument
  i.uri, -- after ELI
  i.title, -- canonical title
  i.kind, -- law, resolution, bylaw, directive …
  b.name AS body, -- who issued it
  i.approved_on, -- ISO day of approval
  (SELECT group_concat(number, '، ') FROM (SELECT number FROM instrument_sessions s WHERE s.instrument_id = i.id ORDER BY number)) AS sessions, -- numbers of the meetings that approved it
  (SELECT count(*) FROM document_instruments m WHERE m.instrument_id = i.id) AS documents, -- how many name it or cite a clause of it
  CASE WHEN EXISTS (
    SELECT 1 FROM law_relations x JOIN documents d ON d.revision_id = x.revision_id
    WHERE x.instrument_id = i.id AND x.eid IS NULL AND x.relation IN ('repeals', 'cancels')
  ) THEN 0 END AS in_force, -- 0: another law of the archive says that it repeals or cancels all of it; NULL: nothing is known
  coalesce(i.year, (SELECT CAST(substr(rest, 1, 4) AS INTEGER) FROM (
    SELECT substr(rest, instr(rest, '/') + 1) AS rest FROM (
      SELECT substr(rest, instr(rest, '/') + 1) AS rest FROM (SELECT substr(i.uri, 5) AS rest))
  ) WHERE rest GLOB '1[2-5][0-9][0-9]/*')) AS year -- Jalali year of approval, as the URI has it; NULL: not known
FROM instruments i
LEFT JOIN bodies b ON b.id = i.body_id
