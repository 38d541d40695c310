-- The law whose change of a clause happened on the day on which its last version ends.
SELECT i.title, i.id FROM law_relations m
JOIN current_laws t ON t.revision_id = m.revision_id
JOIN instruments i ON i.id = t.instrument_id
WHERE m.instrument_id = :instrument AND m.happened_on = :day
  AND (m.eid = :eid OR substr(:eid, 1, length(m.eid) + 2) = m.eid || '__') ORDER BY m.n LIMIT 1
