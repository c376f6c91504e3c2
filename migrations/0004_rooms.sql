-- Living together: tags, groups, talk, moderation.
-- A group's row is a `room`: GROUP is a word of SQL.
-- owner: community
-- When the owner of an address or number has shown that it is theirs; until then a password set
-- at sign-up does not survive the first code.
ALTER TABLE identity ADD COLUMN proved_at bigint;
CREATE INDEX session_until ON session (until_at);
CREATE INDEX throttle_since ON throttle (since);
CREATE TABLE audit_log (community_id bigint NOT NULL, id bigint NOT NULL, actor bigint NOT NULL,
  what text NOT NULL, subject bigint NOT NULL, was text NOT NULL, became text NOT NULL,
  reason text NOT NULL, at bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX audit_log_subject ON audit_log (community_id, subject, id);
CREATE TABLE tag (community_id bigint NOT NULL, id bigint NOT NULL, name text NOT NULL,
  folded text NOT NULL, created_at bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX tag_folded ON tag (community_id, folded);
CREATE TABLE member_tag (community_id bigint NOT NULL, member_id bigint NOT NULL,
  tag_id bigint NOT NULL, source text NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (community_id, member_id, tag_id)) /*keyed*/;
CREATE INDEX member_tag_tag ON member_tag (community_id, tag_id, member_id);
CREATE TABLE thing_tag (community_id bigint NOT NULL, kind text NOT NULL, thing_id bigint NOT NULL,
  tag_id bigint NOT NULL, PRIMARY KEY (community_id, kind, thing_id, tag_id)) /*keyed*/;
CREATE INDEX thing_tag_tag ON thing_tag (community_id, tag_id, kind, thing_id);
-- last_change numbers lines and their changes; last_line is the newest line that all may see.
CREATE TABLE room (community_id bigint NOT NULL, id bigint NOT NULL, kind text NOT NULL,
  name text NOT NULL, slug text, purpose text NOT NULL, rules text NOT NULL, notice text NOT NULL,
  admission text NOT NULL, capacity bigint NOT NULL, members bigint NOT NULL,
  pickup_name text NOT NULL, pickup_address text NOT NULL, pickup_hours text NOT NULL,
  slow_seconds bigint NOT NULL, keywords text NOT NULL, system_off text NOT NULL,
  last_change bigint NOT NULL, last_line bigint NOT NULL, created_at bigint NOT NULL,
  CHECK (members >= 0 AND members <= capacity), PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX room_slug ON room (community_id, slug) WHERE slug IS NOT NULL;
CREATE TABLE room_member (community_id bigint NOT NULL, room_id bigint NOT NULL,
  member_id bigint NOT NULL, role text NOT NULL, joined_at bigint NOT NULL,
  read_seq bigint NOT NULL, said_at bigint NOT NULL,
  PRIMARY KEY (community_id, room_id, member_id)) /*keyed*/;
CREATE INDEX room_member_of ON room_member (community_id, member_id);
CREATE TABLE invite (community_id bigint NOT NULL, id bigint NOT NULL, room_id bigint NOT NULL,
  code_hash text NOT NULL, most bigint NOT NULL, uses bigint NOT NULL, until_at bigint NOT NULL,
  made_by bigint NOT NULL, created_at bigint NOT NULL, CHECK (uses <= most),
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX invite_code ON invite (community_id, code_hash);
CREATE INDEX invite_room ON invite (community_id, room_id, id);
CREATE TABLE application (community_id bigint NOT NULL, id bigint NOT NULL,
  room_id bigint NOT NULL, member_id bigint NOT NULL, words text NOT NULL, state text NOT NULL,
  at bigint NOT NULL, decided_by bigint, decided_at bigint, reason text NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX application_waiting ON application (community_id, room_id, member_id)
  WHERE state = 'waiting';
CREATE INDEX application_member ON application (community_id, member_id, id);
-- seq is the line's place, changed_seq the moment of its last change; both come from last_change.
CREATE TABLE message (community_id bigint NOT NULL, room_id bigint NOT NULL, seq bigint NOT NULL,
  id bigint NOT NULL, changed_seq bigint NOT NULL, member_id bigint, kind text NOT NULL,
  body text NOT NULL, product_id bigint, reply_to bigint, reactions text NOT NULL,
  state text NOT NULL, at bigint NOT NULL, edited_at bigint, ended_by bigint,
  PRIMARY KEY (community_id, room_id, seq)) /*keyed*/;
CREATE UNIQUE INDEX message_id ON message (community_id, id);
CREATE UNIQUE INDEX message_changed ON message (community_id, room_id, changed_seq);
CREATE INDEX message_by ON message (community_id, member_id, id) WHERE member_id IS NOT NULL;
CREATE INDEX message_waiting ON message (community_id, room_id, seq) WHERE state = 'waiting';
CREATE TABLE reaction (community_id bigint NOT NULL, message_id bigint NOT NULL,
  member_id bigint NOT NULL, emoji text NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (community_id, message_id, member_id, emoji)) /*keyed*/;
CREATE TABLE report (community_id bigint NOT NULL, id bigint NOT NULL, kind text NOT NULL,
  subject bigint NOT NULL, room_id bigint, reporter bigint NOT NULL, reason text NOT NULL,
  words text NOT NULL, state text NOT NULL, at bigint NOT NULL, decided_by bigint,
  decided_at bigint, note text NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX report_once ON report (community_id, reporter, kind, subject);
CREATE INDEX report_subject ON report (community_id, kind, subject);
CREATE INDEX report_waiting ON report (community_id, id) WHERE state = 'waiting';
