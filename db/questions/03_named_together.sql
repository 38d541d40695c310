-- کدام پیام‌رسان‌ها با هم نام برده می‌شوند؟
-- Documents that name the same set are counted together first: there are few sets and many documents.
WITH named AS (
  SELECT DISTINCT revision_id, messenger_id FROM mentioned_messengers ORDER BY revision_id, messenger_id
), named_sets AS (
  SELECT revision_id, json_group_array(messenger_id) AS ids FROM named GROUP BY revision_id
), kinds AS MATERIALIZED (
  SELECT ids, count(*) AS documents FROM named_sets WHERE revision_id IN (SELECT revision_id FROM documents) GROUP BY ids
), pairs AS (
  SELECT x.value AS one, y.value AS other, sum(k.documents) AS documents
  FROM kinds k, json_each(k.ids) x, json_each(k.ids) y
  WHERE y.value > x.value
  GROUP BY x.value, y.value
)
SELECT a.name AS one, b.name AS other, p.documents
FROM pairs p JOIN messengers a ON a.id = p.one JOIN messengers b ON b.id = p.other
ORDER BY p.documents DESC, a.slug, b.slug
