-- کدام پیام‌رسان‌ها با هم نام برده می‌شوند؟
-- Documents that name the same set are counted together first: there are few sets and many documents.
WITH named_sets AS (
  SELECT json_group_array(messenger_id) AS ids
  FROM document_messengers INDEXED BY document_messengers_document
  GROUP BY document_id
), kinds AS MATERIALIZED (
  SELECT ids, count(*) AS documents FROM named_sets GROUP BY ids
), pairs AS (
  SELECT x.value AS one, y.value AS other, sum(k.documents) AS documents
  FROM kinds k, json_each(k.ids) x, json_each(k.ids) y
  WHERE y.value > x.value
  GROUP BY x.value, y.value
)
SELECT a.name AS one, b.name AS other, p.documents
FROM pairs p JOIN messengers a ON a.id = p.one JOIN messengers b ON b.id = p.other
ORDER BY p.documents DESC, a.slug, b.slug
