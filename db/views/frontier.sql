CREATE VIEW frontier AS -- Every address a crawl has met: what came of it, and when a crawl asks for it next.
SELECT
  id AS url_id, -- number of the address
  publisher, -- slug of the publisher
  url, -- the address
  state, -- new: never answered; done: a document; failed: asked, gave nothing; gap: an id nobody has
  CASE state WHEN 'new' THEN 1 WHEN 'done' THEN CASE WHEN julianday(asked_at) - julianday(coalesce(printed_at, discovered_at)) <= 7 THEN 3 ELSE 4 END ELSE 2 END AS priority, -- 1 is asked for first: 1 new addresses, 2 further tries, 3 documents in their first week, 4 older ones
  attempts, -- failures since it last gave something
  asked_at, -- when it was last asked for, in UTC
  next_at, -- the first run after this moment asks for it, in UTC; NULL: its document is looked at under another address
  printed_at, -- moment of publication or of the last change, as a source or the page prints it, in UTC
  earliest_on, -- first day on which it may have been published, as far as a source or the page tells
  latest_on, -- last such day
  document_id -- the document it gave
FROM frontier_urls
