-- جلسه‌های ۳۶ تا ۴۰ چه متنی را تصویب کردند و آن متن چند بند دارد؟
-- :body = scc
-- :first = 36
-- :last = 40
SELECT i.uri, i.title, i.kind, i.approved_on, group_concat(s.number, '، ') AS sessions,
  (SELECT count(*) FROM clauses c WHERE c.instrument_id = i.id) AS clauses,
  (SELECT v.url FROM laws_list v WHERE v.instrument_id = i.id) AS url
FROM (SELECT * FROM instrument_sessions ORDER BY number) s
JOIN bodies b ON b.id = s.body_id
JOIN instruments i ON i.id = s.instrument_id
WHERE b.slug = :body AND s.number BETWEEN CAST(:first AS INTEGER) AND CAST(:last AS INTEGER)
GROUP BY i.id
ORDER BY min(s.number), i.title
