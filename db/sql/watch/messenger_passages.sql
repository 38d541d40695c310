SELECT m.section, m.snippet_start, m.snippet_end, m.start, m."end", g.name AS what, NULL AS of_what, m.rule, m.certain
FROM mentioned_messengers m JOIN documents d ON d.revision_id = m.revision_id JOIN messengers g ON g.id = m.messenger_id
WHERE d.id = :document AND g.slug IN (SELECT value FROM json_each(:slugs))
ORDER BY m.n
