-- The year of an instrument, and whether a person has said that a title is its.
SELECT i.year, EXISTS (SELECT 1 FROM law_decisions d WHERE d.kind = 'merge' AND d.value = ? AND d.uri = i.uri)
FROM instruments i WHERE i.id = ?
