SELECT m.section, m.start, m."end", m.surface, m.unit, m.number, m.path, coalesce(n.clause_eid, m.eid) AS eid,
    m.instrument_id, m.rule, m.certain, i.title AS instrument, b.name AS body, c.text AS clause_text
FROM documents d
JOIN cited_clauses m ON m.revision_id = d.revision_id
LEFT JOIN instruments i ON i.id = m.instrument_id
LEFT JOIN bodies b ON b.id = coalesce(m.body_id, i.body_id)
LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id
  AND n.eid = m.eid
LEFT JOIN clauses c ON c.instrument_id = m.instrument_id
  AND c.eid = coalesce(n.clause_eid, m.eid)
WHERE d.id = :id
ORDER BY m.n
