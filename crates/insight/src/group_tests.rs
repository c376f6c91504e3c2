//! Small groups, day by day.
use super::{Act, Figures, Group, Standing, Stay, What, When, figures, standings, weeks};
use crate::growth::monday;

const HOUR: i64 = 3_600;

fn when(text: &str) -> When {
    let (day, hour) = text.split_once(':').unwrap_or((text, "12"));
    let day: i64 = day.parse().expect("a day");
    When { at: day * 86_400 + hour.parse::<i64>().expect("an hour") * HOUR, day }
}

/// `a 0-` was in from day 0 on, `b 3-9` until day 9; then what they did: `a said 4`,
/// `b answered 1 5:13` (the first deed), `c touched 5`, `c bought 5`, `c brought 5`.
fn group(stays: &str, deeds: &str) -> Group {
    let who = |name: &str| u32::from(name.as_bytes()[0] - b'a');
    let stay = |text: &str| {
        let (name, days) = text.trim().split_once(' ').expect("name and days");
        let (from, until) = days.split_once('-').expect("from-until");
        let until = (!until.is_empty()).then(|| when(until));
        Stay { who: who(name), from: when(from), until }
    };
    let deed = |text: &str| {
        let w: Vec<&str> = text.split_whitespace().collect();
        let what = match w[1] {
            "said" => What::Said,
            "answered" => What::Answered(w[2].parse::<usize>().ok().map(|n| n - 1)),
            "touched" => What::Touched,
            "bought" => What::Bought,
            _ => What::Brought,
        };
        Act { who: who(w[0]), when: when(w[w.len() - 1]), what }
    };
    let lines = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
    let deeds: Vec<String> = lines(deeds).into_iter().filter(|d| !d.trim().is_empty()).collect();
    let stays = lines(stays).iter().map(|s| stay(s)).collect();
    Group::new(0, stays, deeds.iter().map(|d| deed(d)).collect())
}

fn say(f: &Figures) -> String {
    let number = |x: Option<f64>| x.map_or("-".into(), |x| format!("{x:.2}"));
    let took = f.first_answer.map_or("-".into(), |s| format!("{}h", s / HOUR));
    format!(
        "{} +{} -{} | {:.2} {} {} | {} by {} gini {} | {} answers, {}/{} {took} | {:?}",
        f.members,
        f.joins,
        f.leaves,
        f.daily,
        f.weekly,
        f.monthly,
        f.said,
        f.speakers,
        number(f.gini),
        f.answers,
        f.answered,
        f.opened,
        f.standing
    )
}
fn check(stays: &str, deeds: &str, end: &str, want: &str) {
    assert_eq!(say(&figures(&group(stays, deeds), when(end))), want, "{stays} | {deeds}");
}

#[test]
fn who_is_in_is_who_came_and_did_not_go() {
    let nothing = "0.00 0 0 | 0 by 0 gini - | 0 answers, 0/0 -";
    let of = |stays, end, head: &str, standing: &str| {
        check(stays, "", end, &format!("{head} | {nothing} | {standing}"));
    };
    of("a 0- | b 3-9 | c 10-", "8", "2 +2 -0", "[0, 0, 0, 2]");
    of("a 0- | b 3-9 | c 10-", "9", "1 +2 -1", "[0, 0, 0, 1]");
    of("a 0- | b 3-9 | c 10-", "10", "2 +3 -1", "[0, 0, 0, 2]");
    // thirty days back from day 40 is day 11; who came again is in
    of("a 0- | b 3-9 | b 20- | c 10-", "40", "3 +1 -0", "[0, 0, 0, 3]");
}

#[test]
fn only_deeds_inside_count() {
    // before coming, after going; what somebody said who went is not in a share of who is there
    check(
        "a 5- | b 0-6",
        "a said 4 | a said 6 | b said 5 | b said 8",
        "9:23",
        "1 +2 -1 | 0.10 1 1 | 1 by 1 gini 0.00 | 0 answers, 0/1 - | [0, 0, 1, 0]",
    );
    // a day out of the thirty
    let stays = "a 0- | b 0-";
    let (in_time, late) = ("a said 11", "a said 10");
    check(
        stays,
        in_time,
        "40",
        "2 +0 -0 | 0.03 0 1 | 1 by 1 gini 0.00 | 0 answers, 0/1 - | [0, 0, 1, 1]",
    );
    check(
        stays,
        late,
        "40",
        "2 +0 -0 | 0.00 0 0 | 0 by 0 gini - | 0 answers, 0/0 - | [0, 0, 0, 2]",
    );
    // the week: day 33 is the seventh before day 40
    check(
        stays,
        "a said 34 | b said 33",
        "40",
        "2 +0 -0 | 0.07 1 2 | 2 by 2 gini 0.00 | 0 answers, 0/2 - | [0, 0, 2, 0]",
    );
}

#[test]
fn answers_are_anothers_and_take_their_time() {
    let stays = "a 0- | b 0- | c 0-";
    check(
        stays,
        "a said 2:8 | b answered 1 2:14 | c answered 1 2:10 | b said 3:8",
        "9",
        "3 +3 -0 | 0.40 1 3 | 4 by 3 gini 0.17 | 2 answers, 1/2 2h | [0, 1, 2, 0]",
    );
    // one's own is none, and what was said today has had no time
    check(
        stays,
        "a said 2:8 | a answered 1 2:9 | b said 9:8 | c answered 3 9:9",
        "9:20",
        "3 +3 -0 | 0.30 2 3 | 4 by 3 gini 0.17 | 1 answers, 0/1 - | [0, 0, 3, 0]",
    );
    // an answer from outside is none
    check(
        "a 0- | b 5-",
        "a said 2:8 | b answered 1 2:9",
        "9",
        "2 +2 -0 | 0.10 0 1 | 1 by 1 gini 0.00 | 0 answers, 0/1 - | [0, 0, 1, 1]",
    );
}

#[test]
fn standing_has_its_bounds() {
    let of = |text: &str| {
        let row = |t: &str| {
            let (score, days) = t.split_once('/').expect("score/days");
            (score.parse().expect("a score"), days.parse().expect("days"))
        };
        let rows: Vec<(f64, u32)> = text.split_whitespace().map(row).collect();
        let code = |s: &Standing| &s.code()[..1];
        standings(&rows).iter().map(code).collect::<String>()
    };
    assert_eq!(of("9/8"), "c");
    assert_eq!(of("9/7"), "a", "too few days");
    assert_eq!(of("3/1 2.75/9 0.25/1 0/0"), "appd");
    // one of ten, and who scores the same; of eleven two
    assert_eq!(of("9/9 9/9 8/9 1/1 1/1 1/1 1/1 1/1 1/1 1/1"), "ccappppppp");
    assert_eq!(of("9/9 8/9 7/9 1/1 1/1 1/1 1/1 1/1 1/1 1/1 1/1"), "ccapppppppp");
    assert_eq!(of("0/0 0/0"), "dd");
    assert_eq!(of(""), "");
}

#[test]
fn deeds_weigh_as_stated() {
    let standing = |deeds: &str| figures(&group("a 0- | b 0-", deeds), when("9")).standing;
    assert_eq!(standing("a bought 5"), [0, 1, 0, 1]);
    assert_eq!(standing("a brought 5"), [0, 1, 0, 1], "3");
    assert_eq!(standing("b said 4 | a answered 1 5 | a said 6"), [0, 1, 1, 0], "2 and 1");
    assert_eq!(standing("a said 4 | a touched 5 | a said 6"), [0, 0, 1, 1], "2.25");
    let f = figures(&group("a 0- | b 0-", "a brought 5"), when("9"));
    assert_eq!((f.monthly, f.daily), (0, 0.0), "who brought somebody was not there for it");
}

#[test]
fn weeks_stand_side_by_side() {
    let first = monday(1);
    let day = |n: i64| (first + n).to_string();
    let stays = format!("a {}- | b {}-{} | c {}-", day(0), day(1), day(9), day(8));
    let deeds = format!("a said {} | b said {} | c touched {}", day(1), day(2), day(13));
    let g = group(&stays, &deeds);
    let ends = [when(&format!("{}:23", day(6))), when(&format!("{}:23", day(13)))];
    let all = weeks(&g, &ends);
    let row = |w: &super::Week| (w.week, w.joins, w.leaves, w.active, w.said, w.then.members);
    assert_eq!(all.iter().map(row).collect::<Vec<_>>(), [(1, 2, 0, 2, 2, 2), (2, 1, 1, 1, 0, 2)]);
}
