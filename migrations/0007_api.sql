-- The JSON API: keys, and the answers of calls that may be sent twice.
-- owner: community
CREATE TABLE api_key (community_id bigint NOT NULL, id bigint NOT NULL, hash text NOT NULL,
  hint text NOT NULL, name text NOT NULL, scopes text NOT NULL, member_id bigint NOT NULL,
  made_at bigint NOT NULL, used_at bigint, ended_at bigint,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX api_key_hash ON api_key (hash);
CREATE INDEX api_key_live ON api_key (community_id, id) WHERE ended_at IS NULL;
-- A call outside any community has community 0 and the account as its actor.
-- owner: calls
CREATE TABLE api_call (community_id bigint NOT NULL, actor bigint NOT NULL, name text NOT NULL,
  ask text NOT NULL, number bigint NOT NULL, at bigint NOT NULL, status bigint,
  answer text NOT NULL, PRIMARY KEY (community_id, actor, name)) /*keyed*/;
CREATE INDEX api_call_at ON api_call (at);
