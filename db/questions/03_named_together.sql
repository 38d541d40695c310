-- کدام پیام‌رسان‌ها با هم نام برده می‌شوند؟
WITH named AS (
  SELECT DISTINCT m.revision_id, m.messenger_id
  FROM mentioned_messengers m
  WHERE m.revision_id IN (SELECT revision_id FROM documents)
), pairs AS (
  SELECT x.messenger_id AS one, y.messenger_id AS other, count(*) AS documents
  FROM named x JOIN named y ON y.revision_id = x.revision_id AND y.messenger_id > x.messenger_id
  GROUP BY x.messenger_id, y.messenger_id
)
SELECT a.name AS one, b.name AS other, p.documents
FROM pairs p JOIN messengers a ON a.id = p.one JOIN messengers b ON b.id = p.other
ORDER BY p.documents DESC, a.slug, b.slug
