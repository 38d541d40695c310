SELECT substr(d.jalali_month, 1, 4) AS year, substr(d.jalali_month, 1, 4), count(*)
FROM json_each(:found) f
CROSS JOIN documents d ON d.id = f.value
WHERE d.jalali_month IS NOT NULL
GROUP BY year
ORDER BY year DESC
LIMIT :limit
