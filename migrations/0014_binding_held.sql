-- Somebody came through a link in a browser that other members use: staff decide who brought them.
-- owner: spread
CREATE TABLE binding_held (community_id bigint NOT NULL, member_id bigint NOT NULL,
  by_id bigint NOT NULL, link_id bigint NOT NULL, at bigint NOT NULL, state text NOT NULL,
  decided_by bigint, decided_at bigint, CHECK (by_id <> member_id),
  PRIMARY KEY (community_id, member_id)) /*keyed*/;
CREATE INDEX binding_held_waiting ON binding_held (community_id, member_id)
  WHERE state = 'waiting';
