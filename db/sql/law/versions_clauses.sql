SELECT eid, unit, number, parent_eid, label, heading, text_start, text_end, status, changed_on
FROM law_clauses WHERE revision_id = ? ORDER BY n
