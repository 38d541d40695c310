SELECT d.id FROM documents d
WHERE d.id IN (SELECT document_id FROM document_instruments WHERE instrument_id = :instrument)
  AND (:changed IS NULL OR d.id IN (SELECT value FROM json_each(:changed)))
  AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = d.revision_id AND s.instrument_id = :instrument)
