CREATE VIEW revision_changes AS -- Every change of a published text, from the second revision on.
SELECT r.document_id, -- number of the document
  r.number AS revision, -- 2 for the first change
  r.captured_at, -- when the new text was first seen
  r.chars_added, -- characters that came in
  r.chars_removed, -- characters that went
  d.url -- address of the document
FROM revisions r
JOIN documents d ON d.id = r.document_id
WHERE r.number > 1
