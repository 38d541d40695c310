SELECT c.n, c.eid, c.unit, c.number, c.parent_eid AS parent, c.label, c.heading, c.status, c.changed_on,
  c.start, c.text_start, c.text_end, c."end", coalesce(q.documents, 0) AS documents
FROM law_clauses c
LEFT JOIN (
  SELECT coalesce(n.clause_eid, m.eid) AS eid, count(DISTINCT d.id) AS documents
  FROM cited_clauses m JOIN documents d ON d.revision_id = m.revision_id
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE m.instrument_id = :instrument
    AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
  GROUP BY 1
) q ON q.eid = c.eid
WHERE c.revision_id = :revision ORDER BY c.n
