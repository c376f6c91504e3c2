//! What remains of a buyer or leader who closed their account: the money rows, under a number
//! without a name, and offers without a letter.
use crate::db::Writes;
use crate::p;
use rules::base::{Id, id};

type C = Id<id::Community>;

const ADDRESSES: &str = "DELETE FROM address WHERE community_id = $1 AND member_id = $2";
const CART: &str = "DELETE FROM cart_line WHERE community_id = $1 AND member_id = $2";
const ENDED: &str = "UPDATE orders SET recipient = '', phone = '', region = '', street = '',
    note = '' WHERE community_id = $1 AND member_id = $2 AND ended_at IS NOT NULL";
/// Goods on their way still need to know where to.
const ENDED_NOW: &str = "UPDATE orders SET recipient = '', phone = '', region = '', street = '',
    note = '' WHERE community_id = $1 AND id = $2 AND EXISTS (SELECT 1 FROM member m
      WHERE m.community_id = orders.community_id AND m.id = orders.member_id
      AND m.state = 'closed')";

/// Who came instead of the buyer.
const COLLECTED: &str = "UPDATE hand_out SET collected_by = ''
    WHERE community_id = $1 AND collected_by <> '' AND order_id IN (SELECT id FROM orders
      WHERE community_id = $1 AND member_id = $2 AND ended_at IS NOT NULL)";
const COLLECTED_NOW: &str = "UPDATE hand_out SET collected_by = ''
    WHERE community_id = $1 AND order_id = $2 AND EXISTS (SELECT 1 FROM orders o
      JOIN member m ON m.community_id = o.community_id AND m.id = o.member_id
      WHERE o.community_id = $1 AND o.id = $2 AND m.state = 'closed')";

/// What a leader wrote over her group's offers. They go on, under the name of what they sell.
const LETTERS: &str = "UPDATE campaign SET story = '', title = (SELECT d.title FROM product d
      WHERE d.community_id = campaign.community_id AND d.id = campaign.product_id)
    WHERE community_id = $1 AND by_member = $2 AND group_id IS NOT NULL";

/// For the verb that closes an account, in its transaction, once for each membership.
pub(crate) fn forget<R>(w: &mut Writes<R>, c: C, member: Id<id::Member>) {
    w.put(ADDRESSES, p![c, member]);
    w.put(CART, p![c, member]);
    w.put(ENDED, p![c, member]);
    w.put(COLLECTED, p![c, member]);
    w.put(LETTERS, p![c, member]);
}
/// An order ended: if its buyer closed the account meanwhile, where it went is forgotten too.
pub(super) fn order_ended<R>(w: &mut Writes<R>, c: C, order: Id<id::Order>) {
    w.put(ENDED_NOW, p![c, order]);
    w.put(COLLECTED_NOW, p![c, order]);
}
