CREATE VIEW clauses_list AS -- Every clause that is known from its instrument or cited by a document.
WITH cited AS (
  SELECT m.instrument_id, coalesce(n.clause_eid, m.eid) AS eid, min(m.unit) AS unit, min(m.number) AS number, count(DISTINCT d.id) AS documents
  FROM cited_clauses m JOIN documents d ON d.revision_id = m.revision_id
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE m.instrument_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
  GROUP BY m.instrument_id, coalesce(n.clause_eid, m.eid)
), every AS (
  SELECT instrument_id, eid, replace(eid, '__', '/') AS path FROM cited
  UNION SELECT instrument_id, eid, replace(eid, '__', '/') FROM clauses
)
SELECT e.instrument_id, -- of which instrument
  e.eid, -- Akoma Ntoso eId: art_14__note_2__cl_b
  coalesce(c.unit, q.unit) AS unit, -- بند، ماده، تبصره …
  CASE WHEN c.id IS NOT NULL THEN c.number ELSE q.number END AS number, -- integer, or text such as الف
  CASE WHEN c.id IS NOT NULL THEN c.parent_eid
    WHEN instr(e.eid, '__') THEN replace(rtrim(rtrim(e.path, replace(e.path, '/', '')), '/'), '/', '__') END AS parent, -- eId of the clause around it
  coalesce(v.text, c.text) AS text, -- what it says, where the instrument itself is in the archive; a row for each text that it had
  coalesce(q.documents, 0) AS documents, -- how many cite it, the law itself aside
  v.valid_from, -- ISO day from which it said so; NULL: not known
  v.valid_to -- ISO day from which it said so no more, repealed or in other words; NULL: it still does, or the day is not known
FROM every e
LEFT JOIN cited q ON q.instrument_id = e.instrument_id AND q.eid = e.eid
LEFT JOIN clauses c ON c.instrument_id = e.instrument_id AND c.eid = e.eid
LEFT JOIN clause_versions v ON v.instrument_id = e.instrument_id AND v.eid = e.eid
