SELECT eid, unit, number, parent_eid, label, heading, text_start, text_end
FROM law_new_clauses WHERE revision_id = ? AND relation_n = ? ORDER BY n
