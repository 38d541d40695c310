-- کدام سندها پس از انتشار تغییر کرده‌اند، و چقدر؟
SELECT r.title, c.revision, c.captured_at, c.chars_added, c.chars_removed, c.url, c.document_id
FROM revision_changes c
JOIN revisions r ON r.document_id = c.document_id AND r.number = c.revision
ORDER BY c.chars_added + c.chars_removed DESC, c.document_id, c.revision
