-- Products, orders, payments, refunds. State lives on the order line.
-- owner: sale
CREATE TABLE category (community_id bigint NOT NULL, id bigint NOT NULL, parent_id bigint,
  name text NOT NULL, position bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX category_name ON category (community_id, coalesce(parent_id, 0), name);
CREATE TABLE product (community_id bigint NOT NULL, id bigint NOT NULL, handle text NOT NULL,
  title text NOT NULL, brief text NOT NULL, story text NOT NULL, brand text NOT NULL,
  category_id bigint, kind text NOT NULL, look text NOT NULL, options text NOT NULL,
  state text NOT NULL, returns text NOT NULL, sold bigint NOT NULL, rating_sum bigint NOT NULL,
  rating_count bigint NOT NULL, review_count bigint NOT NULL, created_at bigint NOT NULL,
  changed_at bigint NOT NULL, version bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX product_handle ON product (community_id, handle);
CREATE INDEX product_category ON product (community_id, category_id, id);
CREATE INDEX product_sold ON product (community_id, state, sold, id);
CREATE INDEX product_newest ON product (community_id, state, created_at, id);
CREATE TABLE product_picture (community_id bigint NOT NULL, product_id bigint NOT NULL,
  position bigint NOT NULL, picture text NOT NULL, alt text NOT NULL,
  PRIMARY KEY (community_id, product_id, position)) /*keyed*/;
CREATE TABLE variant (community_id bigint NOT NULL, id bigint NOT NULL, product_id bigint NOT NULL,
  sku text NOT NULL, choices text NOT NULL, price bigint NOT NULL CHECK (price >= 0),
  on_hand bigint NOT NULL CHECK (on_hand >= 0), held bigint NOT NULL CHECK (held >= 0),
  sold bigint NOT NULL CHECK (sold >= 0), written_off bigint NOT NULL,
  received bigint NOT NULL, weight bigint NOT NULL, barcode text NOT NULL,
  position bigint NOT NULL, state text NOT NULL, version bigint NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX variant_product ON variant (community_id, product_id, position);
CREATE UNIQUE INDEX variant_sku ON variant (community_id, sku);
CREATE TABLE price_change (community_id bigint NOT NULL, variant_id bigint NOT NULL,
  at bigint NOT NULL, price bigint NOT NULL, until_at bigint,
  PRIMARY KEY (community_id, variant_id, at)) /*keyed*/;
CREATE TABLE stock_change (community_id bigint NOT NULL, id bigint NOT NULL,
  variant_id bigint NOT NULL, qty bigint NOT NULL, reason text NOT NULL, note text NOT NULL,
  by_member bigint, at bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX stock_change_variant ON stock_change (community_id, variant_id, id);
CREATE TABLE orders (community_id bigint NOT NULL, id bigint NOT NULL,
  member_id bigint NOT NULL, state text NOT NULL, goods bigint NOT NULL, shipping bigint NOT NULL,
  total bigint NOT NULL, refunded bigint NOT NULL, delivery text NOT NULL, group_id bigint,
  pickup_text text NOT NULL, pickup_code text NOT NULL, recipient text NOT NULL,
  phone text NOT NULL, region text NOT NULL, street text NOT NULL, note text NOT NULL,
  provider text NOT NULL, placed_at bigint NOT NULL, pay_until bigint NOT NULL, paid_at bigint,
  ended_at bigint, source_post bigint, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX orders_member ON orders (community_id, member_id, id);
CREATE INDEX orders_state ON orders (community_id, state, id);
CREATE INDEX orders_placed ON orders (community_id, placed_at);
CREATE UNIQUE INDEX orders_pickup ON orders (community_id, pickup_code)
  WHERE pickup_code <> '' AND ended_at IS NULL;
CREATE TABLE order_line (community_id bigint NOT NULL, id bigint NOT NULL, order_id bigint NOT NULL,
  position bigint NOT NULL, product_id bigint NOT NULL, variant_id bigint NOT NULL,
  title text NOT NULL, choices text NOT NULL, look text NOT NULL, unit_price bigint NOT NULL,
  qty bigint NOT NULL CHECK (qty > 0), amount bigint NOT NULL, state text NOT NULL,
  refunded bigint NOT NULL CHECK (refunded >= 0), refunded_qty bigint NOT NULL,
  member_id bigint NOT NULL, received_at bigint, reviewed boolean NOT NULL,
  CHECK (refunded <= amount), CHECK (refunded_qty <= qty),
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX order_line_order ON order_line (community_id, order_id, position);
CREATE INDEX order_line_product ON order_line (community_id, product_id, id);
CREATE INDEX order_line_member ON order_line (community_id, member_id, id);
CREATE TABLE payment (community_id bigint NOT NULL, id bigint NOT NULL, order_id bigint NOT NULL,
  provider text NOT NULL, state text NOT NULL, amount bigint NOT NULL, reference text,
  slip text, proof text, note text NOT NULL, confirmed_by bigint, started_at bigint NOT NULL,
  ended_at bigint, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX payment_order ON payment (community_id, order_id, id);
CREATE UNIQUE INDEX payment_reference ON payment (community_id, provider, reference)
  WHERE reference IS NOT NULL;
CREATE UNIQUE INDEX payment_slip ON payment (community_id, slip) WHERE slip IS NOT NULL;
CREATE UNIQUE INDEX payment_captured ON payment (community_id, order_id)
  WHERE state = 'captured';
CREATE INDEX payment_waiting ON payment (community_id, id) WHERE state = 'proof_given';
CREATE TABLE refund (community_id bigint NOT NULL, id bigint NOT NULL, order_id bigint NOT NULL,
  payment_id bigint NOT NULL, amount bigint NOT NULL CHECK (amount > 0), state text NOT NULL,
  reason text NOT NULL, restock boolean NOT NULL, by_member bigint, slip text,
  at bigint NOT NULL, ended_at bigint, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX refund_order ON refund (community_id, order_id, id);
CREATE INDEX refund_open ON refund (community_id, id) WHERE ended_at IS NULL;
CREATE TABLE refund_line (community_id bigint NOT NULL, refund_id bigint NOT NULL,
  line_id bigint NOT NULL, qty bigint NOT NULL, amount bigint NOT NULL,
  PRIMARY KEY (community_id, refund_id, line_id)) /*keyed*/;
CREATE INDEX refund_line_line ON refund_line (community_id, line_id);
CREATE TABLE parcel (community_id bigint NOT NULL, id bigint NOT NULL, order_id bigint NOT NULL,
  carrier text NOT NULL, tracking text NOT NULL, shipped_at bigint NOT NULL, by_member bigint,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX parcel_order ON parcel (community_id, order_id, id);
CREATE TABLE cart_line (community_id bigint NOT NULL, member_id bigint NOT NULL,
  variant_id bigint NOT NULL, qty bigint NOT NULL, added_at bigint NOT NULL, source_post bigint,
  PRIMARY KEY (community_id, member_id, variant_id)) /*keyed*/;
CREATE TABLE address (community_id bigint NOT NULL, id bigint NOT NULL, member_id bigint NOT NULL,
  recipient text NOT NULL, phone text NOT NULL, region text NOT NULL, street text NOT NULL,
  used_at bigint NOT NULL, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX address_member ON address (community_id, member_id, used_at);
CREATE TABLE shop (community_id bigint PRIMARY KEY, shipping_fee bigint NOT NULL,
  free_from bigint NOT NULL, pay_hint text NOT NULL) /*keyed*/;
CREATE TABLE import (community_id bigint NOT NULL, digest text NOT NULL, name text NOT NULL,
  row_count bigint NOT NULL, product_count bigint NOT NULL, state text NOT NULL,
  by_member bigint, at bigint NOT NULL, PRIMARY KEY (community_id, digest)) /*keyed*/;
