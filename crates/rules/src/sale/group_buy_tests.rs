//! The laws of group buys as tables.
use super::*;

fn number(words: &[&str], name: &str, other: i64) -> i64 {
    let at = words.iter().position(|w| *w == name);
    at.and_then(|i| words.get(i + 1)).map_or(other, |n| n.parse().expect("a number"))
}

/// `campaign | team | buyer | moment | answer`
fn check(row: &str) {
    let cell: Vec<&str> = row.split('|').map(str::trim).collect();
    let words = |i: usize| cell[i].split_whitespace().collect::<Vec<_>>();
    let (c, t, b) = (words(0), words(1), words(2));
    let who = |name: &str| {
        let at = c.iter().position(|w| *w == name);
        at.and_then(|i| WhoMay::of(c[i + 1])).unwrap_or(WhoMay::Everyone)
    };
    let offered = Offered {
        open: !c.contains(&"closed"),
        starts: Moment(10),
        ends: Moment(100),
        most: number(&c, "most", 0),
        taken: number(&c, "taken", 0),
        per_member: number(&c, "each", 1),
        opens: who("opens"),
        joins: who("joins"),
    };
    let team = Team {
        state: t.first().and_then(|s| TeamState::of(s)).unwrap_or(TeamState::Open),
        deadline: Moment(number(&t, "until", 60)),
        size: number(&t, "size", 3),
        held: number(&t, "held", 0),
        members: number(&t, "members", 1),
    };
    let buyer = Buyer {
        leads: b.contains(&"leads"),
        has_tier: b.contains(&"tier"),
        bought_before: b.contains(&"bought"),
        seats: number(&b, "seats", 0),
        in_this_team: b.contains(&"in"),
    };
    let team = (cell[1] != "new").then_some(&team);
    let now = Moment(cell[3].parse().expect("a moment"));
    let got = match seat(&offered, team, &buyer, now) {
        Ok(()) => "ok".to_string(),
        Err(no) => format!("{no:?}"),
    };
    assert_eq!(got, cell[4], "{row}");
}

#[test]
fn seats() {
    let table = "
                              | new                     |          | 9   | NotBegun
                              | new                     |          | 10  | ok
                              | new                     |          | 99  | ok
                              | new                     |          | 100 | Over
            closed            | new                     |          | 50  | Over
                              | open size 3 members 2   |          | 50  | ok
                              | open size 3 members 2 held 1 |     | 50  | Full
                              | open size 3 members 3   |          | 50  | Full
                              | open size 3 members 4   |          | 50  | Full
                              | open members 0 held 1   |          | 50  | NoSuchTeam
                              | open until 50           |          | 50  | TeamOver
                              | open until 51           |          | 50  | ok
                              | failing                 |          | 50  | TeamOver
                              | failed members 0        |          | 50  | TeamOver
                              | filled                  |          | 50  | Full
                              | open                    | in       | 50  | AlreadyIn
                              | open                    | seats 1  | 50  | Limit
            each 2            | open                    | seats 1  | 50  | ok
            each 2            | open                    | seats 3  | 50  | Limit
            joins new_buyers  | open                    | bought   | 50  | NotForYou
            joins new_buyers  | open                    |          | 50  | ok
            joins new_buyers  | new                     | bought   | 50  | ok
            opens leaders     | new                     |          | 50  | NotForYou
            opens leaders     | new                     | leads    | 50  | ok
            opens leaders     | open                    |          | 50  | ok
            opens tiers       | new                     | leads    | 50  | NotForYou
            opens tiers       | new                     | tier     | 50  | ok
            joins tiers       | open                    | bought   | 50  | NotForYou
            joins tiers       | open                    | tier     | 50  | ok
            most 5 taken 4    | open                    |          | 50  | ok
            most 5 taken 5    | open                    |          | 50  | AllTaken
            most 5 taken 6    | new                     |          | 50  | AllTaken
            most 5 taken 5    | open members 3          |          | 50  | Full";
    table.lines().filter(|l| l.contains('|')).for_each(check);
}

#[test]
fn enough_is_rounded_up() {
    let table = [
        (8, WHOLE, 8),
        (8, 8000, 7),
        (5, 8000, 4),
        (10, 8001, 9),
        (2, 1, 2),
        (1000, 5000, 500),
        (3, 1, 2),
    ];
    for (size, fill, want) in table {
        assert_eq!(needed(size, fill), want, "{size} {fill}");
    }
    assert_eq!(ended(7, 7), TeamState::Filled);
    assert_eq!(ended(6, 7), TeamState::Failing);
    assert_eq!(ended(0, 7), TeamState::Failed);
}

#[test]
fn a_team_never_outlives_its_campaign() {
    assert_eq!(deadline(Moment(0), 2, Moment(10 * HOUR)), Moment(2 * HOUR));
    assert_eq!(deadline(Moment(0), 24, Moment(10 * HOUR)), Moment(10 * HOUR));
    assert_eq!(deadline(Moment(0), i64::MAX, Moment(10 * HOUR)), Moment(10 * HOUR));
}

#[test]
fn bad_terms_are_named() {
    let good = Terms {
        title: " Peaches ".into(),
        story: String::new(),
        size: 3,
        fill: WHOLE,
        life_hours: 24,
        starts: Moment(0),
        ends: Moment(HOUR),
        most: 0,
        per_member: 1,
        opens: WhoMay::Everyone,
        joins: WhoMay::Everyone,
    };
    let price = Price { price: 90, leader: 80, alone: 100 };
    let says = |t: Terms, p: &[Price]| match terms(&t, p, Moment(5)) {
        Ok(t) => t.title,
        Err(no) => format!("{no:?}"),
    };
    let with = |f: fn(&mut Terms)| {
        let mut t = good.clone();
        f(&mut t);
        says(t, &[price])
    };
    assert_eq!(with(|_| {}), "Peaches");
    assert_eq!(with(|t| t.title = " ".into()), "Title");
    assert_eq!(with(|t| t.size = 1), "Size");
    assert_eq!(with(|t| t.size = 1001), "Size");
    assert_eq!(with(|t| t.fill = 0), "Fill");
    assert_eq!(with(|t| t.life_hours = 0), "Life");
    assert_eq!(with(|t| t.ends = Moment(5)), "Window");
    assert_eq!(with(|t| t.starts = Moment(i64::MAX)), "Window");
    assert_eq!(with(|t| t.most = 2), "Limit");
    assert_eq!(with(|t| t.per_member = 0), "Limit");
    assert_eq!(says(good.clone(), &[]), "Price");
    let dear = Price { price: 101, ..price };
    assert_eq!(says(good.clone(), &[price, dear]), "Price");
    assert_eq!(says(good.clone(), &[Price { leader: 91, ..price }]), "Price");
    assert_eq!(says(good, &[Price { leader: -1, ..price }]), "Price");
}
