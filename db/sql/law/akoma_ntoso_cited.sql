-- Clauses that a law's body cites, in order.
SELECT m.start, m.surface, i.uri, m.eid FROM current_laws t
JOIN cited_clauses m ON m.revision_id = t.revision_id
JOIN instruments i ON i.id = m.instrument_id
WHERE t.instrument_id = ? AND m.section = 'body' ORDER BY m.start, m.n
