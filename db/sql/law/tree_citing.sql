SELECT r.published_on, d.id AS document_id, r.title, m.surface, m.section, m.start, m."end", d.url
FROM cited_clauses m JOIN documents d ON d.revision_id = m.revision_id JOIN revisions r ON r.id = m.revision_id
LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
WHERE m.instrument_id = :instrument AND coalesce(n.clause_eid, m.eid) = :eid
  AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
ORDER BY r.published_on, d.id, m.n
