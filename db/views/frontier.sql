CREATE VIEW frontier AS -- Every address a crawl has met: what came of it, and when a crawl asks for it next.
SELECT
  u.id AS url_id, -- number of the address
  u.publisher, -- slug of the publisher
  u.url, -- the address
  u.state, -- new: never answered; done: a document; failed: asked, gave nothing; gap: an id nobody has
  CASE u.state WHEN 'new' THEN 1 WHEN 'done' THEN CASE WHEN julianday(u.asked_at) - julianday(min(coalesce(u.printed_at, u.discovered_at), u.discovered_at)) <= 7 THEN 3 ELSE 4 END ELSE 2 END AS priority, -- 1 is asked for first: 1 new addresses, 2 further tries, 3 documents in their first week, 4 older ones
  u.attempts, -- failures since it last gave something
  u.asked_at, -- when it was last asked for, in UTC
  CASE
    WHEN u.state = 'new' THEN u.discovered_at
    WHEN u.state = 'done' AND NOT u.is_main THEN NULL
    WHEN u.state IN ('done', 'gap') THEN strftime('%Y-%m-%dT%H:%M:%fZ', u.asked_at, '+' || coalesce(p.recheck,
      CASE
        WHEN julianday(u.asked_at) - julianday(min(coalesce(u.printed_at, u.discovered_at), u.discovered_at)) <= 1 THEN 10800
        WHEN julianday(u.asked_at) - julianday(min(coalesce(u.printed_at, u.discovered_at), u.discovered_at)) <= 7 THEN 86400
        WHEN julianday(u.asked_at) - julianday(min(coalesce(u.printed_at, u.discovered_at), u.discovered_at)) <= 60 THEN 14 * 86400
        ELSE 90 * 86400
      END) || ' seconds')
    WHEN u.attempts < 5 THEN u.asked_at
    ELSE strftime('%Y-%m-%dT%H:%M:%fZ', u.asked_at, '+' || min(30 * 86400, 3600 << min(u.attempts - 5, 20)) || ' seconds')
  END AS next_at, -- the first run after this moment asks for it, in UTC; NULL: its document is looked at under another address
  u.printed_at, -- moment of publication or of the last change, as a source or the page prints it, in UTC
  u.earliest_on, -- first day on which it may have been published, as far as a source or the page tells
  u.latest_on, -- last such day
  u.document_id -- the document it gave
FROM frontier_urls u LEFT JOIN frontier_publishers p ON p.publisher = u.publisher
