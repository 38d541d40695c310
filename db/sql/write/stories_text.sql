SELECT r.id, d.publisher_id, CAST(julianday(d.published_on) AS INTEGER),
    CASE d.kind WHEN 'article' THEN coalesce(r.lead, '') || char(10) || r.body END
FROM documents d
JOIN revisions r ON r.id = d.revision_id
WHERE d.id = ?
