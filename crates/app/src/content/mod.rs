//! Content (内容).
