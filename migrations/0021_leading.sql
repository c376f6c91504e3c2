-- What leaders do for the shop: service pay, and group buys they open themselves.
-- Service pay: what a leader earns for serving a list of hers, once its goods are handed out.
-- owner: spread
-- group_id 0: of every group that has no row of its own.
CREATE TABLE service_terms (community_id bigint NOT NULL, group_id bigint NOT NULL,
  rate bigint NOT NULL CHECK (rate BETWEEN 0 AND 2000),
  flat bigint NOT NULL CHECK (flat BETWEEN 0 AND 100000),
  PRIMARY KEY (community_id, group_id)) /*keyed*/;
-- What a list promises its leader, frozen when it opens; lists that promise nothing have no row.
CREATE TABLE list_service (community_id bigint NOT NULL, campaign_id bigint NOT NULL,
  leader_id bigint NOT NULL, rate bigint NOT NULL, flat bigint NOT NULL, wait_days bigint NOT NULL,
  CHECK (rate + flat > 0), PRIMARY KEY (community_id, campaign_id)) /*keyed*/;
CREATE INDEX list_service_leader ON list_service (community_id, leader_id, campaign_id);
-- One row a line, and one an order (line_id 0) for the flat sum. amount: what of earned was not
-- taken back.
CREATE TABLE service_pay (community_id bigint NOT NULL, id bigint NOT NULL,
  order_id bigint NOT NULL, line_id bigint NOT NULL, campaign_id bigint NOT NULL,
  member_id bigint NOT NULL, base bigint NOT NULL, earned bigint NOT NULL, amount bigint NOT NULL,
  state text NOT NULL, wait_days bigint NOT NULL, frozen_at bigint NOT NULL, available_at bigint,
  CHECK (amount >= 0 AND amount <= earned), PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX service_pay_once ON service_pay (community_id, order_id, line_id);
CREATE INDEX service_pay_member ON service_pay (community_id, member_id, id);
CREATE INDEX service_pay_list ON service_pay (community_id, campaign_id, id);
-- Of what leaders may open group buys, how cheap, and of how many.
-- owner: sale
CREATE TABLE leader_floor (community_id bigint NOT NULL, variant_id bigint NOT NULL,
  lowest bigint NOT NULL CHECK (lowest >= 0), size bigint NOT NULL CHECK (size >= 2),
  PRIMARY KEY (community_id, variant_id)) /*keyed*/;
