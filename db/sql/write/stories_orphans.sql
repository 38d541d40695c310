SELECT document_id
FROM story_pairs
WHERE document_id NOT IN (SELECT document_id FROM story_documents)
UNION SELECT document_id
FROM story_documents
WHERE document_id NOT IN (SELECT document_id FROM story_pairs)
