-- Who knows whom, and what members agreed to have shown.
-- owner: trust
-- A tie has a direction; two members are friends when both directions of one kind are there.
CREATE TABLE tie (community_id bigint NOT NULL, member_id bigint NOT NULL,
  other_id bigint NOT NULL, why text NOT NULL, at bigint NOT NULL,
  CHECK (member_id <> other_id),
  PRIMARY KEY (community_id, member_id, other_id, why)) /*keyed*/;
CREATE INDEX tie_other ON tie (community_id, other_id, why, member_id);
CREATE TABLE consent (community_id bigint NOT NULL, member_id bigint NOT NULL,
  what text NOT NULL, given boolean NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (community_id, member_id, what)) /*keyed*/;
