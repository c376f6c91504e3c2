-- Spread: who showed what to whom, who brought whom, and whose order came of it.
-- owner: spread
CREATE TABLE spread_terms (community_id bigint PRIMARY KEY, mode text NOT NULL,
  protect_days bigint NOT NULL, credit_days bigint NOT NULL) /*keyed*/;
-- A link has the link it was found through as its parent: who shows on what they were shown.
CREATE TABLE share_link (community_id bigint NOT NULL, id bigint NOT NULL, code text NOT NULL,
  member_id bigint NOT NULL, kind text NOT NULL, thing_id bigint NOT NULL, parent_id bigint,
  at bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX share_link_code ON share_link (code);
CREATE UNIQUE INDEX share_link_once ON share_link (community_id, member_id, kind, thing_id);
CREATE INDEX share_link_parent ON share_link (community_id, parent_id)
  WHERE parent_id IS NOT NULL;
-- visitor: the hash of a random token in a cookie; no address, no name.
CREATE TABLE visit (community_id bigint NOT NULL, id bigint NOT NULL, link_id bigint NOT NULL,
  visitor text NOT NULL, member_id bigint, channel text NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX visit_link ON visit (community_id, link_id, id);
CREATE INDEX visit_visitor ON visit (community_id, visitor, id);
CREATE INDEX visit_member ON visit (community_id, member_id, id) WHERE member_id IS NOT NULL;
-- Which members were seen with a visitor's token: one's own second account binds to nobody.
CREATE TABLE visitor_member (community_id bigint NOT NULL, visitor text NOT NULL,
  member_id bigint NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (community_id, visitor, member_id)) /*keyed*/;
CREATE INDEX visitor_member_of ON visitor_member (community_id, member_id);
-- Intervals: the one without an end stands. `turn` makes changes of bindings go one by one.
CREATE TABLE binding (community_id bigint NOT NULL, id bigint NOT NULL,
  member_id bigint NOT NULL, by_id bigint NOT NULL, link_id bigint, mode text NOT NULL,
  from_at bigint NOT NULL, ended_at bigint, CHECK (by_id <> member_id),
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX binding_now ON binding (community_id, member_id) WHERE ended_at IS NULL;
CREATE INDEX binding_member ON binding (community_id, member_id, id);
CREATE INDEX binding_by ON binding (community_id, by_id, id);
CREATE TABLE binding_turn (community_id bigint PRIMARY KEY, turn bigint NOT NULL) /*keyed*/;
-- Written with the order and never again.
CREATE TABLE attribution (community_id bigint NOT NULL, order_id bigint NOT NULL,
  buyer_id bigint NOT NULL, member_id bigint NOT NULL, second_id bigint, source text NOT NULL,
  link_id bigint, at bigint NOT NULL,
  CHECK (member_id <> buyer_id AND second_id <> buyer_id AND second_id <> member_id),
  PRIMARY KEY (community_id, order_id)) /*keyed*/;
CREATE INDEX attribution_member ON attribution (community_id, member_id, order_id);
CREATE INDEX attribution_link ON attribution (community_id, link_id, order_id)
  WHERE link_id IS NOT NULL;
