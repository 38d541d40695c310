SELECT m.day, m.band, m.publisher_id
FROM story_bands m
JOIN story_bands o ON o.day = m.day
  AND o.band = m.band
  AND o.publisher_id = m.publisher_id
WHERE m.document_id = ?
GROUP BY m.band HAVING count(*) > ?
