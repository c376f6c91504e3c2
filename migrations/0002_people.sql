-- People: accounts, communities, members, sessions. Accounts and sessions belong to no community.
-- owner: community
CREATE TABLE account (id bigint PRIMARY KEY, name text NOT NULL, lang text NOT NULL,
  state text NOT NULL, password text, created_at bigint NOT NULL, closed_at bigint) /*keyed*/;
CREATE TABLE identity (kind text NOT NULL, value text NOT NULL, account_id bigint NOT NULL,
  PRIMARY KEY (kind, value)) /*keyed*/;
CREATE INDEX identity_account ON identity (account_id);
CREATE TABLE sign_in (id bigint PRIMARY KEY, kind text NOT NULL, target text NOT NULL,
  code_hash text NOT NULL, browser_hash text NOT NULL, tries bigint NOT NULL,
  until_at bigint NOT NULL, used_at bigint) /*keyed*/;
CREATE INDEX sign_in_until ON sign_in (until_at);
CREATE TABLE throttle (bucket text PRIMARY KEY, since bigint NOT NULL, count bigint NOT NULL)
  /*keyed*/;
CREATE TABLE session (hash text PRIMARY KEY, id bigint NOT NULL, account_id bigint NOT NULL,
  agent text NOT NULL, created_at bigint NOT NULL, seen_at bigint NOT NULL,
  until_at bigint NOT NULL) /*keyed*/;
CREATE INDEX session_account ON session (account_id);
CREATE TABLE community (id bigint PRIMARY KEY, slug text NOT NULL, name text NOT NULL,
  purpose text NOT NULL, story text NOT NULL, rules text NOT NULL, lang text NOT NULL,
  currency text NOT NULL, zone text NOT NULL, jurisdiction text NOT NULL, theme text NOT NULL,
  state text NOT NULL, created_at bigint NOT NULL) /*keyed*/;
CREATE UNIQUE INDEX community_slug ON community (slug);
CREATE TABLE member (community_id bigint NOT NULL, id bigint NOT NULL, account_id bigint NOT NULL,
  name text NOT NULL, bio text NOT NULL, role text NOT NULL, rights text NOT NULL,
  state text NOT NULL, joined_at bigint NOT NULL, ended_at bigint, muted_until bigint,
  brought_by bigint, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX member_account ON member (community_id, account_id);
CREATE INDEX member_of ON member (account_id);
CREATE INDEX member_joined ON member (community_id, joined_at);
