WITH derived AS (
  SELECT jalali_month, messengers, count(*) AS documents
  FROM (
    SELECT m.document_id, max(m.jalali_month) AS jalali_month, json_group_array(m.messenger_id) AS messengers
    FROM document_messengers m INDEXED BY document_messengers_document
    GROUP BY m.document_id
  )
  GROUP BY jalali_month, messengers
)
SELECT (SELECT count(*) FROM (SELECT * FROM derived EXCEPT SELECT jalali_month, messengers, documents FROM messenger_sets))
  + (SELECT count(*) FROM (SELECT jalali_month, messengers, documents FROM messenger_sets EXCEPT SELECT * FROM derived))
