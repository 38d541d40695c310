-- کدام پیام‌رسان‌ها با هم نام برده می‌شوند؟
WITH kinds AS MATERIALIZED (
  SELECT messengers AS ids, sum(documents) AS documents FROM messenger_sets GROUP BY messengers
), pairs AS (
  SELECT x.value AS one, y.value AS other, sum(k.documents) AS documents
  FROM kinds k, json_each(k.ids) x, json_each(k.ids) y
  WHERE y.value > x.value
  GROUP BY x.value, y.value
)
SELECT a.name AS one, b.name AS other, p.documents
FROM pairs p JOIN messengers a ON a.id = p.one JOIN messengers b ON b.id = p.other
ORDER BY p.documents DESC, a.slug, b.slug
