DELETE FROM instruments
WHERE known = 0
  AND id NOT IN (SELECT instrument_id FROM cited_clauses WHERE instrument_id IS NOT NULL)
  AND id NOT IN (SELECT instrument_id FROM mentioned_instruments)
  AND id NOT IN (SELECT instrument_id FROM laws)
  AND id NOT IN (SELECT instrument_id FROM law_relations)
