-- Coupons, the ones members have, and what an order's lines cost less by them.
-- owner: loyalty
CREATE TABLE coupon (community_id bigint NOT NULL, id bigint NOT NULL, name text NOT NULL,
  kind text NOT NULL, value bigint NOT NULL CHECK (value > 0), cap bigint NOT NULL,
  threshold bigint NOT NULL, scope text NOT NULL, scope_id bigint, code text NOT NULL,
  days bigint NOT NULL, most bigint NOT NULL, per_member bigint NOT NULL, budget bigint NOT NULL,
  ends_at bigint NOT NULL, claimed bigint NOT NULL CHECK (claimed >= 0),
  used bigint NOT NULL CHECK (used >= 0), spent bigint NOT NULL CHECK (spent >= 0),
  state text NOT NULL, by_member bigint NOT NULL, created_at bigint NOT NULL,
  CHECK (most = 0 OR claimed <= most), CHECK (budget = 0 OR spent <= budget),
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX coupon_code ON coupon (community_id, code) WHERE code <> '' AND state = 'open';
CREATE INDEX coupon_state ON coupon (community_id, state, ends_at, id);
-- `nth` keeps a member's coupons of one kind apart: two claims at once cannot both be the first.
CREATE TABLE claim (community_id bigint NOT NULL, id bigint NOT NULL, coupon_id bigint NOT NULL,
  member_id bigint NOT NULL, nth bigint NOT NULL, state text NOT NULL, order_id bigint,
  hold_id bigint, discount bigint NOT NULL CHECK (discount >= 0), at bigint NOT NULL,
  until_at bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX claim_nth ON claim (community_id, coupon_id, member_id, nth);
CREATE INDEX claim_member ON claim (community_id, member_id, id);
CREATE UNIQUE INDEX claim_order ON claim (community_id, order_id) WHERE order_id IS NOT NULL;
-- owner: sale
ALTER TABLE orders ADD COLUMN discount bigint NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN discount bigint NOT NULL DEFAULT 0;
