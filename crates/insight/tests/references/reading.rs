//! Logs as people have them: what is read, what is left out, and what is said of the rest.
use insight::columns::Wanted;
use insight::date::day_text;
use insight::read::{Reading, amount, read};

/// The log as `name day amount` lines, or the sentence.
fn check(text: &str, want: Result<&str, &str>) {
    let got = read(text.as_bytes(), &Wanted::default(), |_| {});
    let shown = |r: &Reading| {
        let one = |o: &insight::Order| {
            let name = &r.log.customers[o.customer as usize];
            format!("{name} {} {}", day_text(o.at.div_euclid(86_400)), o.amount)
        };
        r.log.orders().iter().map(one).collect::<Vec<_>>().join("; ")
    };
    match (&got, want) {
        (Ok(got), Ok(want)) => assert_eq!(shown(got), want, "{text}"),
        (Err(got), Err(want)) => assert_eq!(got.to_string(), want, "{text}"),
        _ => panic!("{text}: {got:?}"),
    }
}

#[test]
fn logs_are_read_as_they_come() {
    check("customer,date,amount\na,2026-01-02,5\n", Ok("a 2026-01-02 5"));
    check(
        "\u{feff}会员;下单时间;金额\r\n王小明;2026年1月2日;¥1,234.50\r\n",
        Ok("王小明 2026-01-02 1234.5"),
    );
    check(
        "customer\tdate\tamount\nb\t13/1/2026\t1\na\t1/2/2026\t2\n",
        Ok("a 2026-02-01 2; b 2026-01-13 1"),
    );
    check(
        "customer,date,amount\na,1/13/2026,1\na,1/2/2026,2\n",
        Ok("a 2026-01-02 2; a 2026-01-13 1"),
    );
    // a return, a gift thrown in and a row without a customer are no orders
    check(
        "customer,date,quantity,price\na,2026-01-02,2,3\na,2026-01-03,-2,3\n\
         b,2026-01-03,1,0\n,2026-01-03,1,1\n",
        Ok("a 2026-01-02 6"),
    );
    check("customer,date,amount,note\na,2026-01-02,5,\"one, two\n three\"\n", Ok("a 2026-01-02 5"));
}

#[test]
fn what_cannot_be_read_is_said_in_a_sentence() {
    check("", Err("the file is empty; its first line names the columns"));
    check("PK\u{3}\u{4}rest", Err("this is a spreadsheet; save it as CSV (UTF-8) and try again"));
    check(
        "who,date,amount\na,2026-01-02,5\n",
        Err("no column looks like the customer; name it with --customer; \
             the file has: who, date, amount"),
    );
    check(
        "customer,date,amount\na,2026-01-02,5\na,soon,5\n\n\
         b,2026-01-32,5\nb,2026-01-03,many\nb,2026-01-03\n",
        Err("line 3: \"soon\" is no date; write it as 2026-03-31\n\
             line 5: \"2026-01-32\" is no date; write it as 2026-03-31\n\
             line 6: \"many\" is no amount; write it as 12.50\n\
             line 7: it has 2 fields, and the first line of the file 3\n\
             4 rows to mend; nothing was computed"),
    );
    check(
        "customer,date,amount\na,1/2/2026,5\n",
        Err("dates such as \"1/2/2026\" can be read two ways, and no row decides; \
             write them as 2026-03-31"),
    );
    check(
        "customer,date,amount\n,2026-01-02,5\na,2026-01-02,-5\n",
        Err("there are no orders in it (1 rows name no customer, 1 are returns)"),
    );
    let wanted = Wanted { amount: Some("Net".into()), ..Wanted::default() };
    let no = read(b"customer,date,amount\n", &wanted, |_| {}).expect_err("no such column");
    let want = "no column is called \"Net\"; the file has: customer, date, amount";
    assert_eq!(no.to_string(), want);
    let no = read(b"customer,\xbd\xf0,amount\n", &Wanted::default(), |_| {}).expect_err("GBK");
    assert_eq!(no.to_string(), "line 1 is not UTF-8; save the file as CSV (UTF-8)");
}

#[test]
fn amounts_are_read_as_people_write_them() {
    let table = [
        ("12.5", Some(12.5)),
        ("¥ 12.50", Some(12.5)),
        ("1,234", Some(1234.0)),
        ("1,234,567.8", Some(1_234_567.8)),
        ("12,5", Some(12.5)),
        ("1.234,50", Some(1234.5)),
        ("-3", Some(-3.0)),
        ("1e3", Some(1000.0)),
        ("", None),
        ("free", None),
        ("inf", None),
        ("NaN", None),
        ("1e999", None),
    ];
    for (text, want) in table {
        assert_eq!(amount(text.as_bytes()), want, "{text}");
    }
}

/// The quick way for plain numbers gives the double that is nearest, as the long way does.
#[test]
fn plain_amounts_are_the_nearest_doubles() {
    let mut state = 7_u64;
    for _ in 0..200_000 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (digits, point) = (state >> 14, 1 + (state & 15) as usize);
        let mut text = digits.to_string();
        text.truncate(1 + (state >> 60) as usize);
        text.insert(point.min(text.len()), '.');
        let want: f64 = text.parse().expect("a number");
        let got = insight::read::amount(text.as_bytes()).expect("a number");
        assert_eq!(got.to_bits(), want.to_bits(), "{text}");
    }
}
