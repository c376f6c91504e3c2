-- A refund may be worth nothing: a gift goes back, or what points and a coupon paid alone. It has
-- its row like any, so that sending it twice is one refund. A CHECK cannot be taken off on SQLite.
-- owner: sale
CREATE TABLE refund_of_any (community_id bigint NOT NULL, id bigint NOT NULL,
  order_id bigint NOT NULL, payment_id bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0), state text NOT NULL, reason text NOT NULL,
  restock boolean NOT NULL, by_member bigint, slip text, at bigint NOT NULL, ended_at bigint,
  wallet bigint NOT NULL DEFAULT 0, PRIMARY KEY (community_id, id)) /*keyed*/;
INSERT INTO refund_of_any (community_id, id, order_id, payment_id, amount, state, reason, restock,
  by_member, slip, at, ended_at, wallet)
  SELECT community_id, id, order_id, payment_id, amount, state, reason, restock, by_member, slip,
  at, ended_at, wallet FROM refund;
DROP TABLE refund;
ALTER TABLE refund_of_any RENAME TO refund;
CREATE INDEX refund_order ON refund (community_id, order_id, id);
CREATE INDEX refund_open ON refund (community_id, id) WHERE ended_at IS NULL;
