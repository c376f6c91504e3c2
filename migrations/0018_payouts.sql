-- A second factor of an account. Its secret stands in no table: it is made of the house's key, the
-- account and the version, so a copy of the database makes no codes.
-- owner: community
CREATE TABLE second_factor (account_id bigint PRIMARY KEY, version bigint NOT NULL,
  state text NOT NULL, last_step bigint NOT NULL, since bigint NOT NULL) /*keyed*/;
CREATE TABLE recovery_code (account_id bigint NOT NULL, hash text NOT NULL, used_at bigint,
  PRIMARY KEY (account_id, hash)) /*keyed*/;
-- Commission on its way out of a wallet by a transfer that a person makes.
-- owner: spread
CREATE TABLE payout_terms (community_id bigint PRIMARY KEY, least bigint NOT NULL CHECK (least > 0),
  fee bigint NOT NULL CHECK (fee >= 0)) /*keyed*/;
CREATE TABLE payout (community_id bigint NOT NULL, id bigint NOT NULL, member_id bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0), fee bigint NOT NULL CHECK (fee >= 0),
  state text NOT NULL, payee text NOT NULL, destination text NOT NULL, slip text,
  reason text NOT NULL, asked_at bigint NOT NULL, exported_at bigint, settled_at bigint,
  by_member bigint, CHECK (fee < amount), PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX payout_open ON payout (community_id, member_id)
  WHERE state IN ('claim', 'unknown');
CREATE UNIQUE INDEX payout_slip ON payout (community_id, slip) WHERE slip IS NOT NULL;
CREATE INDEX payout_member ON payout (community_id, member_id, id);
CREATE INDEX payout_state ON payout (community_id, state, id);
