//! Server components: functions from plain values to markup. No axum types, no queries, no clock.
pub mod button;
pub mod card;
pub mod chart;
pub mod chat;
pub mod choice;
pub mod console;
#[cfg(test)]
mod contrast;
pub mod field;
pub mod fragment;
pub mod gallery;
pub mod icons;
pub mod offer;
pub mod order;
pub mod over;
pub mod packet;
pub mod page;
pub mod person;
pub mod picture;
pub mod post;
pub mod price;
pub mod product;
pub mod stack;
pub mod table;
pub mod tabs;
pub mod tag;
pub mod tree;

pub use button::{Button, IconButton, Look, button, icon_button};
pub use card::{
    Cell, SumRow, card, card_flush, card_head, card_head_more, card_id, cell, cell_of, facts,
    rules, section_head, sum_list,
};
pub use chart::{Bar, Delta, Kpi, LineChart, chart_bars, chart_line, data_twin, kpi, sparkline};
pub use chat::{ChatLine, Composer, Said, chat_line, chat_log, chat_note, composer, unread_line};
pub use choice::{
    Address, Around, Choice, Division, address, choice_chips, divisions, radio_list, select,
    sku_chips, switch, tick,
};
pub use console::{Command, Console, NavLink, NavPart, cmd_k, saved_views};
pub use field::{Field, stepper};
pub use fragment::{Fragment, fragment};
pub use icons::{Icon, icon, icon_l, icon_s};
pub use offer::{Coupon, CouponState, Poll, PollOption, coupon, poll};
pub use order::{
    OrderCard, Step, Ticket, TimelineStep, order_card, pick_row, stamp, ticket, timeline,
};
pub use over::{banner, banner_of, dialog, drawer, empty_state, sheet, skeleton};
pub use page::{Head, Page, TextSize, Theme, Top};
pub use person::{Person, Size, avatar, face_pile, progress_seats, vouch};
pub use picture::{
    Fit, Photo, PicturePicker, gallery, picture, picture_picker, pictures, qr_img, thumb,
};
pub use post::{
    Comment, PostCard, Review, comment, new_posts, post_acts, post_card, review, review_summary,
};
pub use price::{
    Fill, countdown, countdown_box, member_price, meter, price, price_ink, price_xl, shop_price,
    stars, was,
};
pub use product::{Good, GroupBuy, good, goods, group_buy_card, item_row, pcard, strip, to_go};
pub use stack::{StackChart, chart_stack};
pub use table::{
    Column, DataTable, FilterBar, FilterChip, Row, Sort, bulk_bar, column, data_grid, data_table,
    diff, filter_bar, json_view, lazy_more, pager, signed,
};
pub use tabs::{Place, Tab, segmented, tab_bar, tabs};
pub use tag::{Tone, badge, badge_mute, tag, tag_icon, tag_link};
pub use tree::{Node, chart_tree};
