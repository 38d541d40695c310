-- The newest version of each clause that another law has changed.
SELECT eid, unit, number, parent_eid, text FROM (
  SELECT eid, unit, number, parent_eid, text, by_n, row_number() OVER (PARTITION BY eid ORDER BY n DESC) AS newest
  FROM clause_versions WHERE instrument_id = ?
) WHERE newest = 1 AND by_n IS NOT NULL
