-- Commission: a share of a real sale for those whose links led to it. Two levels at most.
-- owner: spread
CREATE TABLE commission_terms (community_id bigint PRIMARY KEY, is_on boolean NOT NULL,
  levels bigint NOT NULL CHECK (levels BETWEEN 1 AND 2), first_rate bigint NOT NULL,
  second_rate bigint NOT NULL, cap_rate bigint NOT NULL, wait_days bigint NOT NULL,
  second_stopped_at bigint) /*keyed*/;
CREATE TABLE commission_rate (community_id bigint NOT NULL, scope text NOT NULL,
  scope_id bigint NOT NULL, first_rate bigint NOT NULL, second_rate bigint NOT NULL,
  PRIMARY KEY (community_id, scope, scope_id)) /*keyed*/;
-- Who accepted the terms.
CREATE TABLE commission_sharer (community_id bigint NOT NULL, member_id bigint NOT NULL,
  joined_at bigint NOT NULL, left_at bigint, PRIMARY KEY (community_id, member_id)) /*keyed*/;
-- Rates are those of the moment when the order was placed. via_id: whose link it was, on level two.
-- earned is written with the payment; amount is what of it was not taken back.
CREATE TABLE commission (community_id bigint NOT NULL, id bigint NOT NULL,
  order_id bigint NOT NULL, line_id bigint NOT NULL, level bigint NOT NULL,
  member_id bigint NOT NULL, buyer_id bigint NOT NULL, via_id bigint, rate bigint NOT NULL,
  base bigint NOT NULL, counting bigint NOT NULL, total bigint NOT NULL, earned bigint NOT NULL,
  amount bigint NOT NULL, state text NOT NULL, wait_days bigint NOT NULL, at bigint NOT NULL,
  frozen_at bigint, available_at bigint, CHECK (level BETWEEN 1 AND 2),
  CHECK (amount >= 0 AND amount <= earned AND earned <= base), CHECK (member_id <> buyer_id),
  CHECK ((via_id IS NULL) = (level = 1)), PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX commission_once ON commission (community_id, line_id, level);
CREATE INDEX commission_order ON commission (community_id, order_id);
CREATE INDEX commission_member ON commission (community_id, member_id, id);
CREATE INDEX commission_paid ON commission (community_id, member_id)
  WHERE available_at IS NOT NULL;
-- What was taken back after it had been spent or paid out; later earnings pay it first.
CREATE TABLE commission_debt (community_id bigint NOT NULL, member_id bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0), PRIMARY KEY (community_id, member_id)) /*keyed*/;
