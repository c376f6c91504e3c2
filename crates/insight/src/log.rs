//! An order log: who bought, when, for how much; sorted so that each customer's orders are one
//! slice.

/// One row of a log. Several rows may be one order (`number`), several orders one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// Index into the customers.
    pub customer: u32,
    /// Which order the row belongs to; without numbers every row has 0.
    pub number: u32,
    /// Seconds since 1970-01-01 00:00 by the clock of the place.
    pub at: i64,
    pub amount: f64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// In ascending order: by number where all are numbers, by text otherwise.
    pub customers: Vec<String>,
    /// Whether the rows say which order they belong to.
    pub numbered: bool,
    orders: Vec<Order>,
    /// Where each customer's orders begin; one more than customers.
    begins: Vec<usize>,
}

impl Log {
    /// Sorts; customers without an order are left out.
    pub fn of(customers: Vec<String>, orders: Vec<Order>, numbered: bool) -> Log {
        let mut count = vec![0_usize; customers.len()];
        for order in &orders {
            count[order.customer as usize] += 1;
        }
        let mut place: Vec<u32> =
            (0..customers.len() as u32).filter(|c| count[*c as usize] > 0).collect();
        // a number beyond u64 is a text like any other
        let numbers: Option<Vec<u64>> = customers.iter().map(|c| c.parse().ok()).collect();
        match numbers {
            Some(n) => {
                place.sort_unstable_by_key(|c| (n[*c as usize], &customers[*c as usize]));
            }
            None => place.sort_unstable_by_key(|c| &customers[*c as usize]),
        }
        let mut new = vec![0_u32; customers.len()];
        let mut begins = Vec::with_capacity(place.len() + 1);
        let mut sum = 0;
        for (to, from) in place.iter().enumerate() {
            new[*from as usize] = to as u32;
            begins.push(sum);
            sum += count[*from as usize];
        }
        begins.push(sum);
        let mut next = begins.clone();
        let mut sorted = vec![Order { customer: 0, number: 0, at: 0, amount: 0.0 }; orders.len()];
        for order in orders {
            let customer = new[order.customer as usize];
            let slot = &mut next[customer as usize];
            sorted[*slot] = Order { customer, ..order };
            *slot += 1;
        }
        for pair in begins.windows(2) {
            sorted[pair[0]..pair[1]].sort_by_key(|o| (o.at, o.number));
        }
        let mut customers = customers;
        let names = place.iter().map(|c| std::mem::take(&mut customers[*c as usize])).collect();
        Log { customers: names, numbered, orders: sorted, begins }
    }
    /// What had happened by the end of a day.
    pub fn until(&self, day: i64) -> Log {
        let end = (day + 1) * crate::date::DAY;
        let kept = self.orders.iter().filter(|o| o.at < end).copied().collect();
        Log::of(self.customers.clone(), kept, self.numbered)
    }
    pub fn orders(&self) -> &[Order] {
        &self.orders
    }
    pub fn of_customer(&self, customer: usize) -> &[Order] {
        &self.orders[self.begins[customer]..self.begins[customer + 1]]
    }
    /// The last moment anything was bought.
    pub fn last(&self) -> Option<i64> {
        self.orders.iter().map(|o| o.at).max()
    }
}

#[cfg(test)]
mod tests {
    use super::{Log, Order};

    fn check(customers: &[&str], want: &str) {
        let at =
            |customer: usize| Order { customer: customer as u32, number: 0, at: 0, amount: 1.0 };
        let names = customers.iter().map(|c| c.to_string()).collect();
        let log = Log::of(names, (0..customers.len()).map(at).collect(), false);
        assert_eq!(log.customers.join(" "), want);
        for (k, _) in log.customers.iter().enumerate() {
            assert_eq!(log.of_customer(k).len(), 1);
        }
    }

    #[test]
    fn customers_stand_in_ascending_order() {
        check(&["10", "9", "100"], "9 10 100");
        check(&["b", "10", "9"], "10 9 b");
        check(&["007", "7", "8"], "007 7 8");
        check(&[], "");
    }
    #[test]
    fn who_has_bought_nothing_yet_is_not_a_customer_yet() {
        let row = |customer, day: i64| Order { customer, number: 0, at: day * 86_400, amount: 1.0 };
        let log = Log::of(
            vec!["a".into(), "b".into(), "c".into()],
            vec![row(2, 5), row(0, 9), row(2, 3)],
            false,
        );
        assert_eq!(log.customers, ["a", "c"]);
        assert_eq!(log.of_customer(1).iter().map(|o| o.at / 86_400).collect::<Vec<_>>(), [3, 5]);
        assert_eq!(log.until(5).customers, ["c"]);
        assert_eq!(log.until(4).orders().len(), 1);
        assert_eq!(log.last(), Some(9 * 86_400));
    }
}
