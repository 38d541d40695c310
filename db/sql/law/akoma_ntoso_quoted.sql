-- New text that a law brings, by its clause that brings it.
SELECT m.source_eid, n.eid, n.unit, n.parent_eid, n.label, n.heading, n.start, n.text_start, n.text_end
FROM current_laws t
JOIN law_relations m ON m.revision_id = t.revision_id
JOIN law_new_clauses n ON n.revision_id = m.revision_id AND n.relation_n = m.n
WHERE t.instrument_id = ? AND m.source_eid IS NOT NULL ORDER BY n.start, m.n
