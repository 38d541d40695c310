-- Every version of the clauses of a law, in its order, with the law that brought it.
SELECT v.eid, v.unit, v.number, v.parent_eid AS parent, v.label, v.heading, v.own_text AS text, v.text AS whole, v.valid_from,
  v.valid_to, i.title AS changed_by, m.source_eid AS changed_by_clause, d.url, l.instrument_id AS changed_by_id
FROM clause_versions v
LEFT JOIN law_relations m ON m.revision_id = v.by_revision_id AND m.n = v.by_n
LEFT JOIN laws l ON l.revision_id = v.by_revision_id
LEFT JOIN instruments i ON i.id = l.instrument_id
LEFT JOIN documents d ON d.revision_id = v.by_revision_id
WHERE v.instrument_id = ? ORDER BY v.n
