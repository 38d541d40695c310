SELECT DISTINCT d.id FROM cited_clauses m JOIN documents d ON d.revision_id = m.revision_id
LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
WHERE (:instrument IS NULL OR m.instrument_id = :instrument)
  AND (:eid IS NULL OR coalesce(n.clause_eid, m.eid) = :eid OR coalesce(n.clause_eid, m.eid) GLOB :eid || '__*')
  AND (:number IS NULL
    OR (CAST(m.number AS TEXT) = :number AND (:unit IS NULL OR m.unit = :unit))
    OR EXISTS (SELECT 1 FROM json_each(m.path) p WHERE CAST(json_extract(p.value, '$.number') AS TEXT) = :number
      AND (:unit IS NULL OR json_extract(p.value, '$.unit') = :unit)))
  AND (:changed IS NULL OR d.id IN (SELECT value FROM json_each(:changed)))
  AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
