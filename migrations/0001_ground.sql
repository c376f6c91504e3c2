-- The ground floor. One text for both databases; /*keyed*/ is WITHOUT ROWID on SQLite.
-- owner: db
CREATE TABLE house (node bigint NOT NULL);
INSERT INTO house (node) VALUES (0);
-- owner: ledger
CREATE TABLE balance (community_id bigint NOT NULL, account text NOT NULL,
  debits_pending bigint NOT NULL, debits_posted bigint NOT NULL,
  credits_pending bigint NOT NULL, credits_posted bigint NOT NULL,
  PRIMARY KEY (community_id, account)) /*keyed*/;
CREATE TABLE transfer (community_id bigint NOT NULL, id bigint NOT NULL, part bigint NOT NULL,
  state text NOT NULL, pending_id bigint, event text NOT NULL, cause bigint NOT NULL,
  debit text NOT NULL, credit text NOT NULL, amount bigint NOT NULL CHECK (amount > 0),
  at bigint NOT NULL, seq bigint, link text, PRIMARY KEY (community_id, id, part)) /*keyed*/;
CREATE UNIQUE INDEX transfer_once ON transfer (community_id, pending_id, part)
  WHERE pending_id IS NOT NULL;
CREATE INDEX transfer_unsealed ON transfer (community_id, id) WHERE seq IS NULL;
CREATE UNIQUE INDEX transfer_seq ON transfer (community_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX transfer_cause ON transfer (community_id, cause);
CREATE TABLE chain (community_id bigint NOT NULL, kind text NOT NULL, seq bigint NOT NULL,
  head text NOT NULL, PRIMARY KEY (community_id, kind)) /*keyed*/;
-- owner: holds
CREATE TABLE hold (community_id bigint NOT NULL, id bigint NOT NULL, what text NOT NULL,
  subject bigint NOT NULL, qty bigint NOT NULL CHECK (qty > 0), until_at bigint NOT NULL,
  state text NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
-- owner: facts
CREATE TABLE fact (community_id bigint NOT NULL, id bigint NOT NULL, kind text NOT NULL,
  subject bigint NOT NULL, actor bigint, body text NOT NULL, at bigint NOT NULL,
  seq bigint, link text, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX fact_unsealed ON fact (community_id, id) WHERE seq IS NULL;
CREATE UNIQUE INDEX fact_seq ON fact (community_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX fact_subject ON fact (community_id, subject, id);
CREATE INDEX fact_actor ON fact (community_id, actor, id) WHERE actor IS NOT NULL;
-- owner: jobs
CREATE TABLE job (community_id bigint NOT NULL, kind text NOT NULL, subject bigint NOT NULL,
  due_at bigint NOT NULL, lease_until bigint NOT NULL, lease_by bigint NOT NULL,
  attempts bigint NOT NULL, state text NOT NULL, reason text NOT NULL, done_at bigint,
  PRIMARY KEY (community_id, kind, subject)) /*keyed*/;
CREATE INDEX job_due ON job (due_at) WHERE state = 'waiting';
