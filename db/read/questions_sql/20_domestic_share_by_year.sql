-- سهم پیام‌رسان‌های داخلی و خارجی در هر سال
-- A document counts once on each side, however many messengers of that side it names.
WITH named AS (
  SELECT g.domestic, m.jalali_month, sum(m.mentions) AS mentions
  FROM (
    SELECT messenger_id, jalali_month, sum(mentions) AS mentions FROM document_messengers GROUP BY messenger_id, jalali_month
  ) m JOIN messengers g ON g.id = m.messenger_id
  GROUP BY g.domestic, m.jalali_month
), documents_of AS (
  SELECT m.jalali_month, max(g.domestic) AS at_home, 1 - min(g.domestic) AS abroad
  FROM document_messengers m INDEXED BY document_messengers_document CROSS JOIN messengers g ON g.id = m.messenger_id
  GROUP BY m.document_id
), counted AS (
  SELECT jalali_month, sum(at_home) AS at_home, sum(abroad) AS abroad FROM documents_of GROUP BY jalali_month
)
SELECT nullif(substr(n.jalali_month, 1, 4), '') AS year, n.domestic, sum(n.mentions) AS mentions,
  sum(iif(n.domestic = 1, c.at_home, c.abroad)) AS documents
FROM named n JOIN counted c ON c.jalali_month = n.jalali_month
GROUP BY year, n.domestic
ORDER BY year, n.domestic
