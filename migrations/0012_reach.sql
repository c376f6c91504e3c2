-- What leaves the house: endpoints of other programs, and each message on its way to one. The
-- secret of an endpoint stands nowhere: it is made of the house's key and the version.
-- owner: reach
CREATE TABLE webhook (community_id bigint NOT NULL, id bigint NOT NULL, url text NOT NULL,
  facts text NOT NULL, state text NOT NULL, version bigint NOT NULL, old_until bigint NOT NULL,
  cursor_seq bigint NOT NULL, start_seq bigint NOT NULL, made_by bigint NOT NULL,
  made_at bigint NOT NULL, ended_at bigint, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX webhook_active ON webhook (community_id, id) WHERE state = 'active';
-- `log` has a line for each try: when, the status, why there was none.
CREATE TABLE webhook_delivery (community_id bigint NOT NULL, id bigint NOT NULL,
  webhook_id bigint NOT NULL, fact_id bigint NOT NULL, state text NOT NULL, tries bigint NOT NULL,
  status bigint, reason text NOT NULL, log text NOT NULL, made_at bigint NOT NULL,
  next_at bigint NOT NULL, ended_at bigint, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (community_id, webhook_id, fact_id);
CREATE INDEX webhook_delivery_list ON webhook_delivery (community_id, webhook_id, id);
-- The same words into several groups. The line it becomes has the number of its delivery.
CREATE TABLE relay (community_id bigint NOT NULL, id bigint NOT NULL, by_member bigint NOT NULL,
  text text NOT NULL, link text NOT NULL, made_at bigint NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX relay_member ON relay (community_id, by_member, id);
CREATE TABLE relay_to (community_id bigint NOT NULL, id bigint NOT NULL, relay_id bigint NOT NULL,
  room_id bigint NOT NULL, text text NOT NULL, state text NOT NULL, reason text NOT NULL,
  failed bigint NOT NULL, due_at bigint NOT NULL, ended_at bigint,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX relay_to_once ON relay_to (community_id, relay_id, room_id);
