SELECT happened_on, relation, changed_by, source_eid, reason, surface, url FROM unapplied_law_changes
WHERE instrument_id = :instrument AND eid = :eid ORDER BY happened_on, changed_by, source_eid
