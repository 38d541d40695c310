CREATE VIEW articles AS -- The archive's documents as they read today.
SELECT d.id AS document_id, -- number of the document
  p.slug AS publisher, -- who published it
  d.url, -- canonical address
  r.news_code, -- the publisher's own number
  r.kicker, -- line above the title
  r.title, -- headline
  r.lead, -- first paragraph, where the page sets it apart
  r.body, -- paragraphs joined by line feeds, without the lead
  r.agency, -- slug of the agency named as the source
  r.category, -- path of categories, joined by « / »
  r.published_at, -- ISO 8601 with Tehran's offset of that day
  r.published_on, -- its day in Tehran
  r.published_jalali, -- the same day, Jalali
  r.modified_at, -- as the page tells it
  d.first_seen_at, -- first capture
  d.last_seen_at, -- last time it was seen, changed or not
  d.revisions, -- how many distinct texts, from 1
  d.kind, -- article, law or media
  r.authors, -- JSON list of names
  r.tags, -- JSON list
  r.published_from -- what told the time of publication; NULL: nothing, or the page was read by an earlier version
FROM documents d
JOIN revisions r ON r.id = d.revision_id
JOIN publishers p ON p.id = d.publisher_id
