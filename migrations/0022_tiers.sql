-- Tiers: the ladder of a community, what its rungs pay, and where each member stands on it.
-- owner: loyalty
-- `counted_to`: the last member counted since the ladder changed; the largest number: all are.
CREATE TABLE tier_ladder (community_id bigint PRIMARY KEY,
  grace_days bigint NOT NULL CHECK (grace_days >= 0), version bigint NOT NULL,
  changed_at bigint NOT NULL, counted_to bigint NOT NULL) /*keyed*/;
-- `growth` in minor units kept within the window; `off_bp`: basis points off the shop's price.
CREATE TABLE tier (community_id bigint NOT NULL, id bigint NOT NULL, name text NOT NULL,
  growth bigint NOT NULL CHECK (growth > 0), off_bp bigint NOT NULL CHECK (off_bp >= 0),
  free_shipping boolean NOT NULL, state text NOT NULL, created_at bigint NOT NULL,
  CHECK (off_bp < 10000), PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX tier_open ON tier (community_id, growth) WHERE state = 'open';
-- What a variant costs a tier, where it is not the percent.
CREATE TABLE tier_price (community_id bigint NOT NULL, variant_id bigint NOT NULL,
  tier_id bigint NOT NULL, price bigint NOT NULL CHECK (price > 0),
  PRIMARY KEY (community_id, variant_id, tier_id)) /*keyed*/;
-- `falls_at`: a tier higher than its growth is kept until then. `next_at`: when the count moves by
-- itself, which a job waits for.
CREATE TABLE member_tier (community_id bigint NOT NULL, member_id bigint NOT NULL, tier_id bigint,
  growth bigint NOT NULL CHECK (growth >= 0), since_at bigint NOT NULL,
  counted_at bigint NOT NULL, falls_at bigint, next_at bigint,
  PRIMARY KEY (community_id, member_id)) /*keyed*/;
CREATE INDEX member_tier_tier ON member_tier (community_id, tier_id, growth)
  WHERE tier_id IS NOT NULL;
-- Every move of a member: `rungs` up or down the ladder as it was then, zero when the tier itself
-- went; `falls_at`: the end of the grace that a move down waited for.
CREATE TABLE tier_change (community_id bigint NOT NULL, id bigint NOT NULL,
  member_id bigint NOT NULL, from_tier bigint, to_tier bigint, rungs bigint NOT NULL,
  growth bigint NOT NULL, falls_at bigint, at bigint NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX tier_change_member ON tier_change (community_id, member_id, id);
-- owner: sale
-- The tier an order was placed with; its terms are a snapshot.
CREATE TABLE order_tier (community_id bigint NOT NULL, order_id bigint NOT NULL,
  tier_id bigint NOT NULL, name text NOT NULL, free_shipping boolean NOT NULL,
  PRIMARY KEY (community_id, order_id)) /*keyed*/;
-- The shop's price where the buyer's tier paid less.
ALTER TABLE order_line ADD COLUMN list_price bigint;
