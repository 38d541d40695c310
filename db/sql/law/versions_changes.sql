-- What the current texts of other laws do to an instrument; of several texts of one law only its current one counts.
SELECT m.revision_id, m.n, m.change, m.eid, m.happened_on, m.old_words, m.new_words, m.beside, m.is_before, r.body
FROM law_relations m
JOIN current_laws t ON t.revision_id = m.revision_id
JOIN revisions r ON r.id = m.revision_id
WHERE m.instrument_id = :instrument AND t.instrument_id != :instrument AND m.change IS NOT NULL
ORDER BY m.happened_on, m.revision_id, m.n
