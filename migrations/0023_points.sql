-- Points: lots that members earn, what orders take of them, and every change with its cause.
-- owner: loyalty
CREATE TABLE point_terms (community_id bigint PRIMARY KEY, is_on boolean NOT NULL,
  rate bigint NOT NULL, worth bigint NOT NULL, cap bigint NOT NULL, release_on text NOT NULL,
  release_days bigint NOT NULL, expiry text NOT NULL, expiry_number bigint NOT NULL) /*keyed*/;
-- One row a member who ever had points. debt: taken back after it was spent; later points pay it
-- first. active_at: the last kept order, for lots that end when their member is idle.
CREATE TABLE point_account (community_id bigint NOT NULL, member_id bigint NOT NULL,
  debt bigint NOT NULL CHECK (debt >= 0), active_at bigint NOT NULL,
  PRIMARY KEY (community_id, member_id)) /*keyed*/;
-- The terms are those of the moment of earning. earned is written with the payment, kept is what of
-- it was not taken back. Released, its points are free, held by an unpaid order, spent, expired, or
-- taken for what was taken back. expires_at and idle_days are both empty when it never ends.
CREATE TABLE point_lot (community_id bigint NOT NULL, id bigint NOT NULL, member_id bigint NOT NULL,
  order_id bigint, rate bigint NOT NULL, goods bigint NOT NULL, counting bigint NOT NULL,
  total bigint NOT NULL, release_on text NOT NULL, release_days bigint NOT NULL,
  expiry text NOT NULL, expiry_number bigint NOT NULL, earned bigint NOT NULL, kept bigint NOT NULL,
  state text NOT NULL, granted bigint NOT NULL, free bigint NOT NULL CHECK (free >= 0),
  held bigint NOT NULL CHECK (held >= 0), spent bigint NOT NULL CHECK (spent >= 0),
  expired bigint NOT NULL CHECK (expired >= 0), taken bigint NOT NULL CHECK (taken >= 0),
  at bigint NOT NULL, released_at bigint, expires_at bigint, idle_days bigint, told_for bigint,
  CHECK (kept >= 0 AND kept <= earned),
  CHECK (granted = free + held + spent + expired + taken),
  CHECK ((state = 'live') = (released_at IS NOT NULL)),
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX point_lot_order ON point_lot (community_id, order_id)
  WHERE order_id IS NOT NULL;
CREATE INDEX point_lot_member ON point_lot (community_id, member_id, state, id);
-- What an order takes: reserved with it, spent with its payment, given back when it ends unpaid.
CREATE TABLE order_points (community_id bigint NOT NULL, order_id bigint NOT NULL,
  member_id bigint NOT NULL, change_id bigint NOT NULL, hold_id bigint NOT NULL,
  points bigint NOT NULL CHECK (points > 0), money bigint NOT NULL CHECK (money > 0),
  state text NOT NULL, at bigint NOT NULL, PRIMARY KEY (community_id, order_id)) /*keyed*/;
CREATE UNIQUE INDEX order_points_change ON order_points (community_id, change_id);
-- The same by line and lot, in the order of spending; refunds return to where it came from.
CREATE TABLE point_use (community_id bigint NOT NULL, order_id bigint NOT NULL,
  line_id bigint NOT NULL, lot_id bigint NOT NULL, nth bigint NOT NULL,
  points bigint NOT NULL CHECK (points > 0), returned bigint NOT NULL,
  CHECK (returned >= 0 AND returned <= points),
  PRIMARY KEY (community_id, order_id, line_id, lot_id)) /*keyed*/;
CREATE INDEX point_use_lot ON point_use (community_id, lot_id);
-- Every change of a balance; its number is that of its transfers.
CREATE TABLE point_change (community_id bigint NOT NULL, id bigint NOT NULL,
  member_id bigint NOT NULL, kind text NOT NULL, order_id bigint, points bigint NOT NULL,
  reason text NOT NULL, by_member bigint, at bigint NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX point_change_member ON point_change (community_id, member_id, id);
CREATE INDEX point_change_order ON point_change (community_id, order_id)
  WHERE order_id IS NOT NULL;
-- What points take off, beside the coupon's part.
-- owner: sale
ALTER TABLE orders ADD COLUMN points_off bigint NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN points_off bigint NOT NULL DEFAULT 0;
