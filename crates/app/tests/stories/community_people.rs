//! Coming in: codes, passwords, sessions.
use app::Stop;
use app::community::request_code::{CodeSent, RequestCode};
use app::community::sessions::SignedIn;
use app::community::set_password::SetPassword;
use app::community::sign_in_with_code::SignInWithCode;
use app::community::sign_in_with_password::SignInWithPassword;
use app::community::sign_up::SignUp;
use app::community::{
    request_code, set_password, set_profile, sign_in_with_code, sign_in_with_password, sign_up,
};
use rules::base::moment::{DAY, HOUR, MINUTE};
use rules::base::{Id, Lang};
use rules::community::contact::ContactKind;
use testkit::{House, both};

fn refusal<T: std::fmt::Debug, R: std::fmt::Debug>(out: Result<T, Stop<R>>) -> R {
    match out {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}
fn asks(target: &str) -> RequestCode {
    RequestCode {
        kind: if target.contains('@') { ContactKind::Email } else { ContactKind::Phone },
        target: target.into(),
        browser: "phone of mei".into(),
        address: "192.0.2.1".into(),
    }
}
fn answers(sent: &CodeSent) -> SignInWithCode {
    SignInWithCode {
        sign_in: sent.sign_in,
        code: sent.code.clone(),
        browser: "phone of mei".into(),
        name: "阿梅".into(),
        lang: Lang::Hans,
        agent: "Firefox".into(),
    }
}
async fn by_code(house: &House, target: &str) -> SignedIn {
    let sent = house.app.request_code(house.now(), asks(target)).await.expect("a code");
    house.app.sign_in_with_code(house.now(), answers(&sent)).await.expect("in")
}
fn signs_up(target: &str) -> SignUp {
    SignUp {
        kind: ContactKind::Email,
        target: target.into(),
        password: "correct horse".into(),
        name: "老何".into(),
        lang: Lang::En,
        agent: "".into(),
        address: "192.0.2.2".into(),
    }
}
fn with_password(target: &str, password: &str) -> SignInWithPassword {
    SignInWithPassword {
        kind: ContactKind::Email,
        target: target.into(),
        password: password.into(),
        agent: "Safari".into(),
        address: "192.0.2.2".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_brings_one_in_once() {
    both(async |house: House| {
        let (app, now) = (&house.app, house.now());
        let sent = app.request_code(now, asks("138 0013 8000")).await.expect("a code");
        let first = app.sign_in_with_code(now, answers(&sent)).await.expect("in");
        assert!(first.is_new && !first.nameless && first.token.len() == 64);
        let asking = app.asking(now, None, Some(first.token.clone())).await.expect("a look");
        assert_eq!(asking.person.expect("known").name, "阿梅");
        let again = app.sign_in_with_code(now, answers(&sent)).await;
        assert_eq!(refusal(again), sign_in_with_code::Refused::Used);
        let later = by_code(&house, "+8613800138000").await;
        assert!(!later.is_new);
        assert_eq!(later.account, first.account, "the same number is the same person");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_do_not_work() {
    use sign_in_with_code::Refused;
    both(async |house: House| {
        let app = &house.app;
        let bad = app.request_code(house.now(), asks("12")).await;
        assert_eq!(refusal(bad), request_code::Refused::BadTarget);
        let sent = app.request_code(house.now(), asks("a@example.org")).await.expect("a code");
        let good = answers(&sent);
        let other = SignInWithCode { browser: "somebody else's".into(), ..good.clone() };
        let none = SignInWithCode { sign_in: Id::of(7), ..good.clone() };
        let named = SignInWithCode { name: "管理员".into(), ..good.clone() };
        let digit = if sent.code.starts_with('1') { "2" } else { "1" };
        let wrong = SignInWithCode { code: format!("{digit}{}", &sent.code[1..]), ..good.clone() };
        for (cmd, want) in [
            (other, Refused::OtherBrowser),
            (none, Refused::NoSuchCode),
            (named, Refused::BadName),
            (wrong.clone(), Refused::WrongCode),
            (wrong.clone(), Refused::WrongCode),
            (wrong.clone(), Refused::WrongCode),
            (wrong.clone(), Refused::WrongCode),
            (wrong.clone(), Refused::WrongCode),
            (wrong, Refused::TooManyTries),
            (good, Refused::TooManyTries),
        ] {
            let out = app.sign_in_with_code(house.now(), cmd).await;
            assert_eq!(refusal(out), want);
        }
        let sent = app.request_code(house.now(), asks("a@example.org")).await.expect("a code");
        let late = app.sign_in_with_code(house.pass(10 * MINUTE), answers(&sent)).await;
        assert_eq!(refusal(late), Refused::Expired);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_throttled() {
    both(async |house: House| {
        let app = &house.app;
        for _ in 0..5 {
            app.request_code(house.now(), asks("b@example.org")).await.expect("a code");
        }
        let sixth = app.request_code(house.now(), asks("B@example.org")).await;
        assert_eq!(refusal(sixth), request_code::Refused::TooMany);
        app.request_code(house.pass(10 * MINUTE), asks("b@example.org")).await.expect("later");
        for i in 0..23 {
            app.request_code(house.now(), asks(&format!("c{i}@example.org"))).await.expect("ok");
        }
        let many = app.request_code(house.now(), asks("d@example.org")).await;
        assert_eq!(refusal(many), request_code::Refused::TooMany, "31 from one address");
        let else_where = RequestCode { address: "192.0.2.9".into(), ..asks("d@example.org") };
        app.request_code(house.now(), else_where).await.expect("another address");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_used_four_times_at_once_opens_one_session() {
    both(async |house: House| {
        let now = house.now();
        let sent = house.app.request_code(now, asks("r@example.org")).await.expect("a code");
        let all: Vec<_> = (0..4)
            .map(|_| {
                let (app, cmd) = (house.app.clone(), answers(&sent));
                tokio::spawn(async move { app.sign_in_with_code(now, cmd).await })
            })
            .collect();
        let mut won = Vec::new();
        for one in all {
            won.extend(one.await.expect("no panic").ok());
        }
        assert_eq!(won.len(), 1);
        let list = house.app.list_sessions(now, won[0].account).await.expect("a list");
        assert_eq!(list.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords() {
    both(async |house: House| {
        let (app, now) = (&house.app, house.now());
        let made = app.sign_up(now, signs_up("he@example.org")).await.expect("an account");
        use sign_up::Refused as No;
        let base = signs_up("he@example.org");
        for (cmd, want) in [
            (SignUp { target: "he".into(), ..base.clone() }, No::BadTarget),
            (SignUp { name: " ".into(), ..base.clone() }, No::BadName),
            (SignUp { password: "1234567".into(), ..base.clone() }, No::TooShort),
            (SignUp { password: "x1".repeat(65), ..base.clone() }, No::TooLong),
            (SignUp { password: "Password".into(), ..base.clone() }, No::Common),
            (base, No::Taken),
        ] {
            assert_eq!(refusal(app.sign_up(now, cmd).await), want);
        }
        let in_again = with_password("He@example.org", "correct horse");
        let second = app.sign_in_with_password(now, in_again).await.expect("in");
        assert_eq!(second.account, made.account);
        use sign_in_with_password::Refused as Shut;
        for (target, password) in
            [("he@example.org", "wrong horse"), ("nobody@example.org", "correct horse")]
        {
            let out = app.sign_in_with_password(now, with_password(target, password)).await;
            assert_eq!(refusal(out), Shut::Wrong, "nobody and somebody sound alike");
        }
        let new = |old: Option<&str>, new: &str| SetPassword {
            account: made.account,
            session: second.session,
            old: old.map(Into::into),
            new: new.into(),
        };
        let now = house.pass(HOUR); // no longer fresh
        use set_password::Refused as Stays;
        let out = app.set_password(now, new(Some("wrong horse"), "battery staple")).await;
        assert_eq!(refusal(out), Stays::WrongOld);
        let out = app.set_password(now, new(Some("correct horse"), "password")).await;
        assert_eq!(refusal(out), Stays::Common);
        app.set_password(now, new(Some("correct horse"), "battery staple")).await.expect("set");
        let left = app.list_sessions(now, made.account).await.expect("a list");
        assert_eq!(left.iter().map(|s| s.id).collect::<Vec<_>>(), [second.session]);
        let out =
            app.sign_in_with_password(now, with_password("he@example.org", "correct horse")).await;
        assert_eq!(refusal(out), Shut::Wrong);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_are_throttled_and_the_prover_owns_the_target() {
    both(async |house: House| {
        let (app, now) = (&house.app, house.now());
        let thief = app.sign_up(now, signs_up("mei@example.org")).await.expect("an account");
        for _ in 0..10 {
            let cmd = SignInWithPassword {
                password: "x".repeat(200), // too long to be anybody's: no work
                ..with_password("mei@example.org", "")
            };
            let out = app.sign_in_with_password(now, cmd).await;
            assert_eq!(refusal(out), sign_in_with_password::Refused::Wrong);
        }
        let good = with_password("mei@example.org", "correct horse");
        let out = app.sign_in_with_password(now, good.clone()).await;
        assert_eq!(refusal(out), sign_in_with_password::Refused::TooMany);
        // the owner of the address comes with a code: the thief's password and session end
        let owner = by_code(&house, "mei@example.org").await;
        assert_eq!(owner.account, thief.account);
        let asking = app.asking(now, None, Some(thief.token)).await.expect("a look");
        assert!(asking.person.is_none());
        let now = house.pass(15 * MINUTE);
        let out = app.sign_in_with_password(now, good).await;
        assert_eq!(refusal(out), sign_in_with_password::Refused::Wrong);
        let ways = app.identities(owner.account).await.expect("a list");
        assert!(ways[0].proved);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_slide_and_end() {
    both(async |house: House| {
        let app = &house.app;
        let one = by_code(&house, "s@example.org").await;
        let known = async |token: &str| {
            let asking = app.asking(house.now(), None, Some(token.into())).await;
            asking.expect("a look").person.is_some()
        };
        for _ in 0..8 {
            house.pass(20 * DAY);
            app.keep_session(house.now(), &one.token).await.expect("kept");
            assert!(known(&one.token).await, "used every 20 days");
        }
        house.pass(20 * DAY);
        assert!(!known(&one.token).await, "180 days are over");
        let two = by_code(&house, "s@example.org").await;
        house.pass(30 * DAY);
        assert!(!known(&two.token).await, "30 idle days are over");
        app.sweep_people(house.now()).await.expect("swept");
        let three = by_code(&house, "s@example.org").await;
        let four = app.open_session_for(house.now(), three.account, "demo").await.expect("in");
        let five = app.open_session_for(house.now(), three.account, "demo").await.expect("in");
        app.end_session(house.now(), three.account, four.session).await.expect("ended");
        assert!(!known(&four.token).await && known(&three.token).await);
        app.end_all_sessions(house.now(), three.account, Some(five.session)).await.expect("ok");
        assert!(!known(&three.token).await && known(&five.token).await);
        app.sign_out(house.now(), &five.token).await.expect("out");
        assert!(!known(&five.token).await);
        let nobody = app.open_session_for(house.now(), Id::of(9), "").await;
        assert_eq!(refusal(nobody), app::community::sessions::Refused::NoSuchAccount);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_can_come_later() {
    both(async |house: House| {
        let (app, now) = (&house.app, house.now());
        let sent = app.request_code(now, asks("n@example.org")).await.expect("a code");
        let cmd = SignInWithCode { name: "".into(), ..answers(&sent) };
        let one = app.sign_in_with_code(now, cmd).await.expect("in");
        assert!(one.nameless);
        let named = |name: &str| set_profile::SetProfile {
            account: one.account,
            name: name.into(),
            lang: Lang::Hant,
        };
        let out = app.set_profile(now, named("客服")).await;
        assert_eq!(refusal(out), set_profile::Refused::BadName);
        app.set_profile(now, named("小林")).await.expect("named");
        let asking = app.asking(now, None, Some(one.token)).await.expect("a look");
        let person = asking.person.expect("known");
        assert_eq!((person.name.as_str(), person.lang), ("小林", Lang::Hant));
    })
    .await;
}
