-- How a member's own posts and lists led to orders: found from the member's side.
-- owner: sale
CREATE INDEX orders_source_post ON orders (community_id, source_post, id)
  WHERE source_post IS NOT NULL;
CREATE INDEX chain_order_leader ON chain_order (community_id, leader_id, campaign_id);
