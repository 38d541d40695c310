-- Other instruments of a title.
SELECT id FROM instruments WHERE title_folded = :title AND id != :found ORDER BY id
