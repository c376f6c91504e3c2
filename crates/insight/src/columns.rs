//! Which column is which: by the name given, or by the names that shops usually write.

/// Names given by the asker; what is not given is found.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub customer: Option<String>,
    pub date: Option<String>,
    pub amount: Option<String>,
    pub order: Option<String>,
}

/// Where the money of a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Column(usize),
    /// Quantity times price of one.
    Product(usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    pub customer: usize,
    pub date: usize,
    pub amount: Amount,
    /// Without it a day is an order.
    pub order: Option<usize>,
}

// Letters and digits only, small. Earlier names win.
const CUSTOMER: [&str; 22] = [
    "customerid",
    "customer",
    "custid",
    "memberid",
    "member",
    "userid",
    "user",
    "buyerid",
    "buyer",
    "clientid",
    "client",
    "customeremail",
    "email",
    "masterid",
    "客户id",
    "客户",
    "客戶",
    "会员",
    "會員",
    "用户",
    "买家",
    "買家",
];
const DATE: [&str; 21] = [
    "invoicedate",
    "orderdate",
    "date",
    "paidat",
    "paid",
    "orderedat",
    "placedat",
    "placed",
    "purchasedate",
    "transactiondate",
    "createdat",
    "datetime",
    "timestamp",
    "time",
    "付款时间",
    "付款時間",
    "下单时间",
    "下單時間",
    "日期",
    "时间",
    "時間",
];
const AMOUNT: [&str; 18] = [
    "amount",
    "ordertotal",
    "orderamount",
    "total",
    "totalprice",
    "totalamount",
    "revenue",
    "sales",
    "value",
    "spend",
    "spent",
    "paymentvalue",
    "monetary",
    "net",
    "金额",
    "金額",
    "合计",
    "合計",
];
const ORDER: [&str; 15] = [
    "invoiceno",
    "invoice",
    "invoiceid",
    "orderid",
    "orderno",
    "ordernumber",
    "order",
    "ordername",
    "transactionid",
    "订单号",
    "訂單號",
    "订单编号",
    "訂單編號",
    "订单",
    "訂單",
];
const QUANTITY: [&str; 5] = ["quantity", "qty", "units", "数量", "數量"];
const PRICE: [&str; 5] = ["unitprice", "price", "priceeach", "单价", "單價"];

/// What is missing, or the name that nobody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Customer,
    Date,
    Amount,
    Order,
}

/// By name without regard to capitals, spaces and strokes; a given name must be there.
pub fn find(heads: &[String], wanted: &Wanted) -> Result<Columns, Missing> {
    let heads: Vec<String> = heads.iter().map(|h| plain(h)).collect();
    let named = |name: &str| heads.iter().position(|h| *h == plain(name));
    let usual = |names: &[&str]| names.iter().find_map(|name| named(name));
    let one = |given: &Option<String>, names: &[&str]| match given {
        Some(name) => named(name),
        None => usual(names),
    };
    let amount = match (one(&wanted.amount, &AMOUNT), usual(&QUANTITY), usual(&PRICE)) {
        (Some(at), _, _) => Amount::Column(at),
        (None, Some(qty), Some(price)) if wanted.amount.is_none() => Amount::Product(qty, price),
        _ => return Err(Missing::Amount),
    };
    let order = one(&wanted.order, &ORDER);
    if wanted.order.is_some() && order.is_none() {
        return Err(Missing::Order);
    }
    Ok(Columns {
        customer: one(&wanted.customer, &CUSTOMER).ok_or(Missing::Customer)?,
        date: one(&wanted.date, &DATE).ok_or(Missing::Date)?,
        amount,
        order,
    })
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Amount, Columns, Missing, Wanted, find};

    fn check(
        heads: &str,
        customer: &str,
        want: Result<(usize, usize, Amount, Option<usize>), Missing>,
    ) {
        let heads: Vec<String> = heads.split(',').map(String::from).collect();
        let customer = (!customer.is_empty()).then(|| customer.to_string());
        let got = find(&heads, &Wanted { customer, ..Wanted::default() });
        let want =
            want.map(|(customer, date, amount, order)| Columns { customer, date, amount, order });
        assert_eq!(got, want, "{heads:?}");
    }

    #[test]
    fn columns_are_found_by_their_usual_names() {
        check("customer,date,amount", "", Ok((0, 1, Amount::Column(2), None)));
        check("Amount,Order Date,Customer_ID", "", Ok((2, 1, Amount::Column(0), None)));
        check(
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
            "",
            Ok((6, 4, Amount::Product(3, 5), Some(0))),
        );
        check("会员,下单时间,金额,订单号", "", Ok((0, 1, Amount::Column(2), Some(3))));
        check("shop,customer,date,value", "Shop", Ok((0, 2, Amount::Column(3), None)));
        check("who,date,amount", "", Err(Missing::Customer));
        check("who,date,amount", "whom", Err(Missing::Customer));
        check("customer,day,amount", "", Err(Missing::Date));
        check("customer,date,quantity", "", Err(Missing::Amount));
    }
}
