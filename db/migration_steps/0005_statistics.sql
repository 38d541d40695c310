-- What questions about the whole archive are answered from.

CREATE TABLE document_messengers ( -- Which messengers each document names as it reads today, counted by month.
  messenger_id INTEGER NOT NULL REFERENCES messengers(id), -- which one
  jalali_month TEXT NOT NULL, -- 1398-02, month of publication; empty: the page does not tell
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- which document
  mentions INTEGER NOT NULL, -- how often
  PRIMARY KEY (messenger_id, jalali_month, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_messengers_document ON document_messengers(document_id, messenger_id);
INSERT INTO document_messengers
SELECT m.messenger_id, coalesce(d.jalali_month, ''), d.id, count(*)
FROM mentioned_messengers m JOIN documents d ON d.revision_id = m.revision_id
GROUP BY m.messenger_id, coalesce(d.jalali_month, ''), d.id;

-- What is near a name: places in their order, so that the neighbourhood of another place is one range.
CREATE INDEX mentioned_messengers_place ON mentioned_messengers(revision_id, section, start, messenger_id);
-- Which revisions are current, with what statistics ask of their documents.
DROP INDEX documents_revision;
CREATE INDEX documents_revision ON documents(revision_id, publisher_id, jalali_month, published_on);
-- The same for meetings: all that is asked of them stands in the index.
DROP INDEX mentioned_sessions_body;
CREATE INDEX mentioned_sessions_body ON mentioned_sessions(body_id, number, held_on, revision_id);
CREATE INDEX documents_publisher ON documents(publisher_id, published_on);
-- Which documents have other revisions than the current one: few.
CREATE INDEX documents_changed ON documents(id, revision_id) WHERE revisions > 1;
CREATE INDEX revisions_agency ON revisions(agency) WHERE agency IS NOT NULL;

-- The search index gathers more words before it writes them out: half the work where many pages come in one transaction.
INSERT INTO search (search, rank) VALUES ('hashsize', 8388608);

CREATE TABLE joined_words ( -- Words that some document writes with ZWNJ, folded and without it: what searches know as one word.
  word TEXT PRIMARY KEY -- پیامرسان
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab('main', 'search', 'col');
INSERT INTO joined_words SELECT term FROM temp.indexed_words WHERE col = 'joined';
DROP TABLE temp.indexed_words;
