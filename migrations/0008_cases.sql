-- What a buyer asks for after paying, and how it was answered. A case's row is an `order_case`:
-- CASE is a word of SQL.
-- owner: sale
CREATE TABLE order_case (community_id bigint NOT NULL, id bigint NOT NULL, order_id bigint NOT NULL,
  member_id bigint NOT NULL, state text NOT NULL, reason text NOT NULL, words text NOT NULL,
  pictures text NOT NULL, amount bigint NOT NULL CHECK (amount > 0), at bigint NOT NULL,
  refund_id bigint, answer text NOT NULL, decided_by bigint, decided_at bigint,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX order_case_order ON order_case (community_id, order_id, id);
-- one question at a time
CREATE UNIQUE INDEX order_case_open ON order_case (community_id, order_id) WHERE state = 'open';
CREATE TABLE order_case_line (community_id bigint NOT NULL, case_id bigint NOT NULL,
  line_id bigint NOT NULL, qty bigint NOT NULL CHECK (qty > 0),
  PRIMARY KEY (community_id, case_id, line_id)) /*keyed*/;
