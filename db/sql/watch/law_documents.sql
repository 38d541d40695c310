SELECT d.id FROM documents d
WHERE d.revision_id IN (
  SELECT revision_id FROM cited_clauses WHERE instrument_id = :instrument
  UNION SELECT revision_id FROM mentioned_instruments WHERE instrument_id = :instrument
)
  AND (:changed IS NULL OR d.id IN (SELECT value FROM json_each(:changed)))
  AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = d.revision_id AND s.instrument_id = :instrument)
