-- Red packets: the shop's money for members of a group. The slots are drawn when the packet is
-- opened, from a seed of which only the digest is shown until the end.
-- owner: spread
CREATE TABLE red_packet (community_id bigint NOT NULL, id bigint NOT NULL, room_id bigint NOT NULL,
  by_member bigint NOT NULL, wish text NOT NULL, split text NOT NULL, needs text NOT NULL,
  total bigint NOT NULL CHECK (total > 0), slots bigint NOT NULL CHECK (slots > 0),
  taken bigint NOT NULL, given bigint NOT NULL, seed text NOT NULL, seed_hash text NOT NULL,
  return_id bigint NOT NULL, state text NOT NULL, at bigint NOT NULL, until_at bigint NOT NULL,
  ended_at bigint, CHECK (taken >= 0 AND taken <= slots), CHECK (given >= 0 AND given <= total),
  PRIMARY KEY (community_id, id)) /*keyed*/;
-- A slot's number is that of its transfer, so no slot is paid twice.
CREATE TABLE red_packet_slot (community_id bigint NOT NULL, packet_id bigint NOT NULL,
  slot bigint NOT NULL, id bigint NOT NULL, amount bigint NOT NULL CHECK (amount >= 1),
  member_id bigint, taken_at bigint, PRIMARY KEY (community_id, packet_id, slot)) /*keyed*/;
CREATE UNIQUE INDEX red_packet_slot_once ON red_packet_slot (community_id, packet_id, member_id)
  WHERE member_id IS NOT NULL;
CREATE INDEX red_packet_slot_member ON red_packet_slot (community_id, member_id, id)
  WHERE member_id IS NOT NULL;
