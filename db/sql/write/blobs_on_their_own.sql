SELECT b.id
FROM blobs b
WHERE b.base_id IS NULL AND b.dictionary_id IS NULL AND EXISTS (SELECT 1 FROM captures c WHERE c.blob_id = b.id)
ORDER BY b.id
