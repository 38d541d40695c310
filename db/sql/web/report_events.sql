SELECT g.slug AS messenger, g.name, e.event, coalesce(e.happened_on, e.happened_when) AS happened, e.source
FROM messenger_events e
JOIN messengers g ON g.id = e.messenger_id
ORDER BY g.slug, e.n
