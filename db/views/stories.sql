CREATE VIEW stories AS -- Articles that several publishers print, one row for each; an article that stands alone has none.
SELECT story_id, -- number of the story: the smallest of its articles' numbers
  document_id, -- number of the article
  first_document_id, -- the article that was published first
  similarity -- to the first one: share of three-word runs in common, 1 for itself
FROM story_documents
