-- An address is asked for as it was named; `url` is the key by which addresses are compared.
ALTER TABLE frontier_urls ADD COLUMN named TEXT;

-- Keys used to be spelt with escaped punctuation in the query, `=` after a name without a value, and `+` for a blank. A page
-- that comes again under its address as named finds its document by these further spellings.
CREATE TEMP TABLE respelt AS
  SELECT publisher_id, document_id, substr(url, 1, instr(url, '?')) AS path,
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
      substr(url, instr(url, '?') + 1), '%2F', '/'), '%3F', '?'), '%3A', ':'), '%40', '@'), '%2C', ','), '%3B', ';'),
      '%21', '!'), '%24', '$'), '%27', '%27'), '%28', '('), '%29', ')'), '%2A', '*') AS query
  FROM document_urls WHERE url LIKE 'http%?%';
INSERT OR IGNORE INTO document_urls (publisher_id, url, document_id)
  SELECT publisher_id, path || query, document_id FROM temp.respelt;
INSERT OR IGNORE INTO document_urls (publisher_id, url, document_id)
  SELECT publisher_id, path || rtrim(replace(query, '=&', '&'), '='), document_id FROM temp.respelt;
INSERT OR IGNORE INTO document_urls (publisher_id, url, document_id)
  SELECT publisher_id, path || replace(query, '+', '%20'), document_id FROM temp.respelt;
DROP TABLE temp.respelt;
