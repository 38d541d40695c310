SELECT m.section, m.start - 120 AS snippet_start, m."end" + 120 AS snippet_end, m.start, m."end", i.title AS what,
  NULL AS of_what, m.rule, m.certain
FROM mentioned_instruments m JOIN documents d ON d.revision_id = m.revision_id JOIN instruments i ON i.id = m.instrument_id
WHERE d.id = :document AND m.instrument_id = :instrument
UNION ALL
SELECT m.section, m.snippet_start, m.snippet_end, m.start, m."end", m.unit || coalesce(' ' || m.number, ''), i.title, m.rule, m.certain
FROM cited_clauses m JOIN documents d ON d.revision_id = m.revision_id JOIN instruments i ON i.id = m.instrument_id
WHERE d.id = :document AND m.instrument_id = :instrument
