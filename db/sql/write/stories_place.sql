INSERT INTO story_bands
SELECT :day, b.value, :publisher, :id
FROM json_each(:bands) b
WHERE NOT EXISTS (SELECT 1 FROM story_templates t WHERE t.day = :day AND t.band = b.value
    AND t.publisher_id = :publisher)
