-- Buying together: a campaign's terms, its teams, and the seats in them. A team's terms are copied
-- when it opens; `needed` members are enough at its deadline.
-- owner: sale
CREATE TABLE campaign (community_id bigint NOT NULL, id bigint NOT NULL, kind text NOT NULL,
  product_id bigint NOT NULL, group_id bigint, title text NOT NULL, story text NOT NULL,
  size bigint NOT NULL, fill bigint NOT NULL, life_hours bigint NOT NULL,
  starts_at bigint NOT NULL, ends_at bigint NOT NULL, most bigint NOT NULL,
  per_member bigint NOT NULL, opens text NOT NULL, joins text NOT NULL,
  taken bigint NOT NULL CHECK (taken >= 0), last_number bigint NOT NULL, state text NOT NULL,
  by_member bigint NOT NULL, created_at bigint NOT NULL, closed_at bigint,
  CHECK (most = 0 OR taken <= most), PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX campaign_state ON campaign (community_id, state, ends_at, id);
CREATE INDEX campaign_product ON campaign (community_id, product_id, id);
CREATE TABLE campaign_price (community_id bigint NOT NULL, campaign_id bigint NOT NULL,
  variant_id bigint NOT NULL, price bigint NOT NULL CHECK (price >= 0),
  leader_price bigint NOT NULL CHECK (leader_price >= 0 AND leader_price <= price),
  PRIMARY KEY (community_id, campaign_id, variant_id)) /*keyed*/;
CREATE TABLE team (community_id bigint NOT NULL, id bigint NOT NULL, campaign_id bigint NOT NULL,
  leader_id bigint NOT NULL, size bigint NOT NULL, needed bigint NOT NULL,
  held bigint NOT NULL CHECK (held >= 0), members bigint NOT NULL CHECK (members >= 0),
  unsettled bigint NOT NULL CHECK (unsettled >= 0), state text NOT NULL,
  opened_at bigint NOT NULL, deadline bigint NOT NULL, ended_at bigint,
  CHECK (held + members <= size), PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX team_campaign ON team (community_id, campaign_id, state, deadline, id);
-- One seat an order. `number` counts the paid seats of the campaign; `refund_id` is the number of
-- the refund should the team fail, made beforehand so that failing twice is failing once.
CREATE TABLE seat (community_id bigint NOT NULL, order_id bigint NOT NULL, team_id bigint NOT NULL,
  campaign_id bigint NOT NULL, member_id bigint NOT NULL, number bigint NOT NULL,
  late text NOT NULL, state text NOT NULL, refund_id bigint NOT NULL, next_order bigint,
  at bigint NOT NULL, joined_at bigint, PRIMARY KEY (community_id, order_id)) /*keyed*/;
CREATE UNIQUE INDEX seat_once ON seat (community_id, team_id, member_id)
  WHERE state IN ('held', 'confirmed');
CREATE INDEX seat_team ON seat (community_id, team_id, number);
CREATE UNIQUE INDEX seat_number ON seat (community_id, campaign_id, number) WHERE number > 0;
CREATE INDEX seat_member ON seat (community_id, campaign_id, member_id);
