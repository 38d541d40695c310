-- The search index gathers more words before it writes them out: half the work where many pages come in one transaction.
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);
