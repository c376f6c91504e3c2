//! Sale (成交): products, stock, orders, payments, refunds.
pub mod adjust_stock;
pub mod cancel_order;
pub mod capture;
pub mod complete_order;
pub mod fill_cart;
pub mod give_proof;
pub mod hand_out;
pub mod import_products;
pub mod mark_ready;
pub mod place_order;
pub mod receive;
pub mod refund_order;
pub mod release_unpaid;
pub mod return_suspense;
pub mod save_product;
pub mod set_shop;
pub mod ship_order;
pub mod start_payment;
mod tables;
mod tables_catalogue;
mod tables_money;
pub mod views;
pub mod views_catalogue;
pub mod views_money;
//! Sale (成交).
pub mod tables_review;
