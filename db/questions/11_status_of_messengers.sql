-- هر پیام‌رسان اکنون چه وضعی دارد؟
WITH latest AS (
  SELECT e.*, row_number() OVER (PARTITION BY e.messenger_id ORDER BY coalesce(e.happened_on, '') DESC, e.n DESC) AS place
  FROM messenger_events e
  WHERE e.event IN ('blocked', 'unblocked', 'restricted', 'licensed', 'closed', 'removed')
)
SELECT g.name, g.slug AS messenger, g.domestic, l.event, l.happened_on, l.happened_when, l.source
FROM messengers g LEFT JOIN latest l ON l.messenger_id = g.id AND l.place = 1
ORDER BY g.name
