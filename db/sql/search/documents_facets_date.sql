SELECT *
FROM (SELECT substr(f.jalali_month, 1, 4) AS year, substr(f.jalali_month, 1, 4) AS name, count(*) AS n
    FROM found f WHERE f.jalali_month IS NOT NULL GROUP BY year ORDER BY year DESC)
