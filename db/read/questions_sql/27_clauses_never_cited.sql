-- به کدام بندهای این متن هرگز استناد نشده است؟
-- :uri = /ir/scc/res/1396/messengers
WITH law AS (SELECT id FROM instruments WHERE uri = :uri),
cited AS (
  SELECT DISTINCT coalesce(n.clause_eid, m.eid) AS eid
  FROM law JOIN cited_clauses m ON m.instrument_id = law.id
  JOIN documents d ON d.revision_id = m.revision_id
  LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid
  WHERE NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id)
)
SELECT c.eid, c.unit, c.number, c.text
FROM law
JOIN current_laws t ON t.instrument_id = law.id
JOIN law_clauses k ON k.revision_id = t.revision_id
JOIN clauses c ON c.instrument_id = law.id AND c.eid = k.eid
WHERE c.eid NOT IN (SELECT eid FROM cited)
  AND c.unit NOT IN ('کتاب', 'باب', 'بخش', 'فصل', 'مبحث', 'گفتار', 'قسمت', 'پیوست', 'ضمیمه')
ORDER BY k.n
