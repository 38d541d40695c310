-- متن این بند در روزی مشخص چه بود؟
-- :uri = /ir/scc/res/1396/messengers
-- :eid = cl_11
-- :on = 2019-05-05
WITH texts AS (
  SELECT l.revision_id, l.instrument_id, r.number, r.body, d.url,
    CASE WHEN r.number = 1 THEN coalesce(l.approved_on, l.communicated_on, l.gazetted_on, r.published_on, substr(r.captured_at, 1, 10))
      ELSE substr(r.captured_at, 1, 10) END AS since
  FROM instruments i
  JOIN laws l ON l.instrument_id = i.id
  JOIN revisions r ON r.id = l.revision_id
  JOIN documents d ON d.id = r.document_id
  WHERE i.uri = :uri
), latest AS (
  SELECT revision_id FROM texts WHERE since <= :on ORDER BY since DESC, revision_id DESC LIMIT 1
)
SELECT k.eid, coalesce(k.changed_on, t.since) AS since,
  CASE WHEN EXISTS (SELECT 1 FROM latest)
      AND NOT EXISTS (SELECT 1 FROM law_clauses x JOIN latest USING (revision_id) WHERE x.eid = k.eid)
      AND k.changed_on IS NULL THEN 'removed' ELSE k.status END AS status,
  trim(substr(t.body, k.text_start + 1, k."end" - k.text_start), ' ' || char(10)) AS text, t.url
FROM texts t
JOIN law_clauses k ON k.revision_id = t.revision_id
WHERE k.eid = :eid AND coalesce(k.changed_on, t.since) <= :on
ORDER BY coalesce(k.changed_on, t.since) DESC, t.revision_id DESC
LIMIT 1
