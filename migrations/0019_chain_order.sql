-- Chain orders: a leader's list for her group. The campaign's row has the letter, the group, the
-- cut-off and the last running number; `campaign_price` has the prices.
-- owner: sale
CREATE TABLE chain_order (community_id bigint NOT NULL, campaign_id bigint NOT NULL,
  leader_id bigint NOT NULL, arrives_at bigint NOT NULL,
  minimum bigint NOT NULL CHECK (minimum >= 0), raised bigint NOT NULL CHECK (raised >= 0),
  unsettled bigint NOT NULL CHECK (unsettled >= 0), state text NOT NULL, ended_at bigint,
  PRIMARY KEY (community_id, campaign_id)) /*keyed*/;
-- `taken`: units of unpaid and paid orders, less what was given back; `most` zero: no limit.
CREATE TABLE chain_offer (community_id bigint NOT NULL, campaign_id bigint NOT NULL,
  variant_id bigint NOT NULL, position bigint NOT NULL, most bigint NOT NULL,
  taken bigint NOT NULL CHECK (taken >= 0), CHECK (most = 0 OR taken <= most),
  PRIMARY KEY (community_id, campaign_id, variant_id)) /*keyed*/;
-- One row an order. `number` counts the paid orders of the chain order; `refund_id` is the number
-- of the refund should it fail, made beforehand so that failing twice is failing once.
CREATE TABLE chain_place (community_id bigint NOT NULL, order_id bigint NOT NULL,
  campaign_id bigint NOT NULL, member_id bigint NOT NULL, number bigint NOT NULL,
  named boolean NOT NULL, state text NOT NULL, refund_id bigint NOT NULL, by_member bigint,
  at bigint NOT NULL, paid_at bigint, PRIMARY KEY (community_id, order_id)) /*keyed*/;
CREATE UNIQUE INDEX chain_place_number ON chain_place (community_id, campaign_id, number)
  WHERE number > 0;
CREATE INDEX chain_place_campaign ON chain_place (community_id, campaign_id, order_id);
CREATE INDEX campaign_group ON campaign (community_id, group_id, id);
