-- What an order takes from its buyer's wallet, part by part, and what a refund puts back there.
-- owner: sale
ALTER TABLE orders ADD COLUMN wallet bigint NOT NULL DEFAULT 0;
ALTER TABLE refund ADD COLUMN wallet bigint NOT NULL DEFAULT 0;
-- One group of transfers an order: its rows share `transfer_id`.
CREATE TABLE order_wallet (community_id bigint NOT NULL, order_id bigint NOT NULL,
  bucket text NOT NULL, transfer_id bigint NOT NULL, member_id bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0), returned bigint NOT NULL CHECK (returned >= 0),
  at bigint NOT NULL, CHECK (returned <= amount),
  PRIMARY KEY (community_id, order_id, bucket)) /*keyed*/;
CREATE INDEX order_wallet_member ON order_wallet (community_id, member_id, transfer_id);
CREATE TABLE refund_wallet (community_id bigint NOT NULL, refund_id bigint NOT NULL,
  bucket text NOT NULL, transfer_id bigint NOT NULL, member_id bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0), at bigint NOT NULL,
  PRIMARY KEY (community_id, refund_id, bucket)) /*keyed*/;
CREATE INDEX refund_wallet_member ON refund_wallet (community_id, member_id, transfer_id);
