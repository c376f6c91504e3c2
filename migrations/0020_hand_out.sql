-- Goods that changed hands at a pick-up point, each under a number minted on the leader's phone; a
-- mistake may be taken back for some minutes.
-- owner: sale
CREATE TABLE hand_out (community_id bigint NOT NULL, id bigint NOT NULL, order_id bigint NOT NULL,
  by_member bigint NOT NULL, collected_by text NOT NULL, code text NOT NULL,
  lines bigint NOT NULL CHECK (lines > 0), at bigint NOT NULL, undone_at bigint,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX hand_out_order ON hand_out (community_id, order_id, id);
-- Fewer units came than were ordered: the refunds it led to have numbers of their own.
CREATE TABLE short_delivery (community_id bigint NOT NULL, id bigint NOT NULL,
  campaign_id bigint NOT NULL, variant_id bigint NOT NULL, qty bigint NOT NULL CHECK (qty > 0),
  by_member bigint NOT NULL, at bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
-- Cash that a leader took for an order, until the shop has it.
CREATE TABLE leader_cash (community_id bigint NOT NULL, payment_id bigint NOT NULL,
  order_id bigint NOT NULL, leader_id bigint NOT NULL, amount bigint NOT NULL, at bigint NOT NULL,
  handed_at bigint, taken_by bigint, PRIMARY KEY (community_id, payment_id)) /*keyed*/;
CREATE INDEX leader_cash_open ON leader_cash (community_id, leader_id) WHERE handed_at IS NULL;
