-- Posts, comments, search, reviews, notices. `place` orders published posts: an id made on
-- publication, so that a draft published late is new.
-- owner: content
CREATE TABLE post (community_id bigint NOT NULL, id bigint NOT NULL, member_id bigint NOT NULL,
  group_id bigint, kind text NOT NULL, slug text NOT NULL, title text NOT NULL,
  source text NOT NULL, html text NOT NULL, lead text NOT NULL, link text NOT NULL,
  pictures text NOT NULL, lang text NOT NULL, minutes bigint NOT NULL, state text NOT NULL,
  reason text NOT NULL, ended_by bigint, place bigint, likes bigint NOT NULL CHECK (likes >= 0),
  comments bigint NOT NULL CHECK (comments >= 0),
  bookmarks bigint NOT NULL CHECK (bookmarks >= 0), created_at bigint NOT NULL,
  published_at bigint, changed_at bigint NOT NULL, version bigint NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX post_slug ON post (community_id, slug);
CREATE INDEX post_place ON post (community_id, place) WHERE state = 'published';
CREATE INDEX post_group ON post (community_id, group_id, place) WHERE state = 'published';
CREATE INDEX post_member ON post (community_id, member_id, id);
CREATE INDEX post_of_member ON post (community_id, member_id, place) WHERE state = 'published';
CREATE TABLE post_revision (community_id bigint NOT NULL, post_id bigint NOT NULL,
  version bigint NOT NULL, title text NOT NULL, source text NOT NULL, by_member bigint NOT NULL,
  at bigint NOT NULL, PRIMARY KEY (community_id, post_id, version)) /*keyed*/;
CREATE TABLE post_tag (community_id bigint NOT NULL, post_id bigint NOT NULL,
  tag_id bigint NOT NULL, PRIMARY KEY (community_id, post_id, tag_id)) /*keyed*/;
CREATE INDEX post_tag_tag ON post_tag (community_id, tag_id, post_id);
CREATE TABLE card_count (community_id bigint NOT NULL, post_id bigint NOT NULL,
  product_id bigint NOT NULL, position bigint, views bigint NOT NULL, clicks bigint NOT NULL,
  orders bigint NOT NULL, PRIMARY KEY (community_id, post_id, product_id)) /*keyed*/;
CREATE INDEX card_count_product ON card_count (community_id, product_id, post_id);
CREATE TABLE comment (community_id bigint NOT NULL, id bigint NOT NULL, post_id bigint NOT NULL,
  parent_id bigint, member_id bigint NOT NULL, text text NOT NULL, html text NOT NULL,
  state text NOT NULL, reason text NOT NULL, ended_by bigint, at bigint NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX comment_post ON comment (community_id, post_id, id);
CREATE INDEX comment_parent ON comment (community_id, parent_id, id) WHERE parent_id IS NOT NULL;
CREATE INDEX comment_member ON comment (community_id, member_id, id);
CREATE TABLE post_like (community_id bigint NOT NULL, post_id bigint NOT NULL,
  member_id bigint NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (community_id, post_id, member_id)) /*keyed*/;
CREATE INDEX post_like_member ON post_like (community_id, member_id, post_id);
CREATE TABLE bookmark (community_id bigint NOT NULL, member_id bigint NOT NULL,
  post_id bigint NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (community_id, member_id, post_id)) /*keyed*/;
CREATE INDEX bookmark_post ON bookmark (community_id, post_id);
-- The words of posts and products. Terms are bytes, because the order of texts differs between
-- databases and a range of terms is how typing ahead works.
CREATE TABLE search_term (community_id bigint NOT NULL, term bytea NOT NULL, kind text NOT NULL,
  doc_id bigint NOT NULL, weight bigint NOT NULL,
  PRIMARY KEY (community_id, term, kind, doc_id)) /*keyed*/;
CREATE INDEX search_term_doc ON search_term (community_id, kind, doc_id);
CREATE TABLE search_doc (community_id bigint NOT NULL, kind text NOT NULL, doc_id bigint NOT NULL,
  digest text NOT NULL, PRIMARY KEY (community_id, kind, doc_id)) /*keyed*/;
CREATE TABLE search_near (community_id bigint NOT NULL, near bytea NOT NULL, word bytea NOT NULL,
  PRIMARY KEY (community_id, near, word)) /*keyed*/;
-- owner: trust
CREATE TABLE review (community_id bigint NOT NULL, id bigint NOT NULL, product_id bigint NOT NULL,
  line_id bigint NOT NULL, member_id bigint NOT NULL, stars bigint, text text NOT NULL,
  pictures text NOT NULL, choices text NOT NULL, anonymous boolean NOT NULL,
  helpful bigint NOT NULL CHECK (helpful >= 0), state text NOT NULL, reason text NOT NULL,
  ended_by bigint, follow_text text, follow_pictures text, follow_at bigint, reply_text text,
  reply_by bigint, reply_at bigint, at bigint NOT NULL,
  PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE UNIQUE INDEX review_line ON review (community_id, line_id);
CREATE INDEX review_product ON review (community_id, product_id, id);
CREATE INDEX review_useful ON review (community_id, product_id, helpful, id);
CREATE INDEX review_member ON review (community_id, member_id, id);
CREATE TABLE review_helpful (community_id bigint NOT NULL, review_id bigint NOT NULL,
  member_id bigint NOT NULL, at bigint NOT NULL,
  PRIMARY KEY (community_id, review_id, member_id)) /*keyed*/;
-- owner: reach
CREATE TABLE notice (community_id bigint NOT NULL, id bigint NOT NULL, member_id bigint NOT NULL,
  kind text NOT NULL, section text NOT NULL, subject bigint NOT NULL, actor_id bigint,
  args text NOT NULL, shown boolean NOT NULL, at bigint NOT NULL, read_at bigint,
  mailed_at bigint, PRIMARY KEY (community_id, id)) /*keyed*/;
CREATE INDEX notice_inbox ON notice (community_id, member_id, id);
CREATE INDEX notice_unread ON notice (community_id, member_id, section)
  WHERE read_at IS NULL AND shown;
CREATE TABLE notice_choice (community_id bigint NOT NULL, member_id bigint NOT NULL,
  kind text NOT NULL, channel text NOT NULL, wanted boolean NOT NULL,
  PRIMARY KEY (community_id, member_id, kind, channel)) /*keyed*/;
