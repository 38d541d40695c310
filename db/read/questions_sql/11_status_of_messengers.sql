-- هر پیام‌رسان اکنون چه وضعی دارد؟
-- Some events are known by a Jalali month or year alone: their Gregorian month is near enough to put them in order.
WITH told AS (
  SELECT e.*, CAST(substr(e.happened_when, 1, 4) AS INTEGER) AS year,
    CASE WHEN length(e.happened_when) = 7 AND CAST(substr(e.happened_when, 6) AS INTEGER) BETWEEN 1 AND 12
      THEN CAST(substr(e.happened_when, 6) AS INTEGER) ELSE 1 END AS month
  FROM messenger_events e
  WHERE e.event IN ('blocked', 'unblocked', 'restricted', 'licensed', 'closed', 'removed')
), placed AS (
  SELECT t.*, CASE WHEN t.happened_on IS NOT NULL THEN t.happened_on
    WHEN t.year >= 1700 THEN t.happened_when
    ELSE printf('%04d-%02d', t.year + 621 + (t.month >= 11), (t.month + 1) % 12 + 1) END AS moment
  FROM told t
), latest AS (
  SELECT p.*, row_number() OVER (PARTITION BY p.messenger_id ORDER BY p.moment DESC, p.n DESC) AS place FROM placed p
)
SELECT g.name, g.slug AS messenger, g.domestic, l.event, l.happened_on, l.happened_when, l.note, l.source
FROM messengers g LEFT JOIN latest l ON l.messenger_id = g.id AND l.place = 1
ORDER BY g.name
