-- What questions about the whole archive are answered from, without a look at every document.

CREATE TABLE document_clauses ( -- Which clauses of which instruments each document cites as it reads today, and who published it.
  instrument_id INTEGER NOT NULL REFERENCES instruments(id), -- of which instrument
  eid TEXT NOT NULL, -- Akoma Ntoso eId of the clause, as it was cited
  publisher_id INTEGER NOT NULL, -- the document's publisher
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, -- which document
  PRIMARY KEY (instrument_id, eid, publisher_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_clauses_document ON document_clauses(document_id);
INSERT INTO document_clauses
SELECT DISTINCT c.instrument_id, c.eid, d.publisher_id, d.id
FROM cited_clauses c JOIN documents d ON d.revision_id = c.revision_id
WHERE c.instrument_id IS NOT NULL;

CREATE TABLE messenger_sets ( -- How many documents of a month name exactly these messengers.
  jalali_month TEXT NOT NULL, -- 1398-02, month of publication; empty: the page does not tell
  messengers TEXT NOT NULL, -- their numbers, a JSON list in order
  documents INTEGER NOT NULL, -- how many documents
  PRIMARY KEY (jalali_month, messengers)
) STRICT, WITHOUT ROWID;
INSERT INTO messenger_sets
SELECT jalali_month, ids, count(*)
FROM (
  SELECT m.document_id, max(m.jalali_month) AS jalali_month, json_group_array(m.messenger_id) AS ids
  FROM document_messengers m INDEXED BY document_messengers_document
  GROUP BY m.document_id
)
GROUP BY jalali_month, ids;
