-- جست‌وجو در متن: ممنوعیت پیام‌رسان خارجی برای مکاتبات
-- :words = مکاتبات خارجی ممنوع
SELECT r.published_jalali, r.title, d.url, d.id AS document_id
FROM search
JOIN documents d ON d.id = search.rowid
JOIN revisions r ON r.id = d.revision_id
WHERE search MATCH :words
ORDER BY bm25(search, 10.0, 4.0, 1.0, 0.5)
LIMIT 100
