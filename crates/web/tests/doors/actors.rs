//! Every route and six people who ask for it.
//!
//! A line is a route and what each of the six is answered, in the order of `ACTORS`: a status,
//! `in` (sign in first), `go` (sent on), `no` (what was sent does not do: nothing was sent).
use crate::knock::{Reply, ask};
use crate::source::routes;
use crate::town::{ACTORS, Town, town};
use axum::http::Method;
use std::collections::BTreeMap;

const TABLE: &str = "
    GET /                                                              all 200
    GET /_gallery                                                      all 404
    GET /a/{hash}/{*file}                                              all 200
    GET /c/{community}                                                 all 200
    GET /c/{community}/about                                           all 200
    GET /c/{community}/campaigns                                       all 200
    GET /c/{community}/campaigns/{campaign}                            all 200
    GET /c/{community}/campaigns/{campaign}/live                       all 200
    GET /c/{community}/campaigns/{campaign}/order                      in go 404 404 404 404
    GET /c/{community}/cart                                            in go 200 200 200 200
    GET /c/{community}/checkout                                        in go go go go go
    GET /c/{community}/console                                         in 403 403 403 200 200
    GET /c/{community}/console/campaigns                               in 403 403 403 403 200
    GET /c/{community}/console/campaigns/leaders                       in 403 403 403 403 200
    GET /c/{community}/console/campaigns/new                           in 403 403 403 403 200
    GET /c/{community}/console/campaigns/{campaign}                    in 403 403 403 403 200
    GET /c/{community}/console/commission                              in 403 403 403 403 200
    GET /c/{community}/console/commission.csv                          in 403 403 403 403 200
    GET /c/{community}/console/commission/compliance                   in 403 403 403 403 200
    GET /c/{community}/console/points                                  in 403 403 403 403 200
    GET /c/{community}/console/coupons                                 in 403 403 403 403 200
    GET /c/{community}/console/tiers                                   in 403 403 403 403 200
    POST /c/{community}/console/tiers                                  in 403 403 403 403 no
    POST /c/{community}/console/products/{product}/tiers               in 403 403 403 403 go
    GET /c/{community}/console/payouts                                 in 403 403 403 403 200
    GET /c/{community}/console/insight                                 in 403 403 403 403 200
    GET /c/{community}/console/insight/buyers.csv                      in 403 403 403 403 200
    GET /c/{community}/console/insight/cells/{cell}                    in 403 403 403 403 404
    GET /c/{community}/console/insight/cohorts.csv                     in 403 403 403 403 200
    GET /c/{community}/console/insight/definitions                     in 403 403 403 403 200
    GET /c/{community}/console/insight/funnel                          in 403 403 403 403 200
    GET /c/{community}/console/insight/funnel.csv                      in 403 403 403 403 200
    GET /c/{community}/console/insight/groups                          in 403 403 403 403 200
    GET /c/{community}/console/insight/groups.csv                      in 403 403 403 403 200
    GET /c/{community}/console/insight/groups/{group}                  in 403 403 403 403 200
    GET /c/{community}/console/insight/groups/{group}/weeks.csv        in 403 403 403 403 200
    GET /c/{community}/console/insight/links.csv                       in 403 403 403 403 200
    GET /c/{community}/console/insight/orders.csv                      in 403 403 403 403 200
    GET /c/{community}/console/insight/people                          in 403 403 403 403 200
    GET /c/{community}/console/insight/people.csv                      in 403 403 403 403 200
    GET /c/{community}/console/insight/people/{member}                 in 403 403 403 403 200
    GET /c/{community}/console/insight/rfm.csv                         in 403 403 403 403 200
    GET /c/{community}/console/insight/spread                          in 403 403 403 403 200
    GET /c/{community}/console/insight/weeks.csv                       in 403 403 403 403 200
    GET /c/{community}/console/jobs                                    in 403 403 403 200 200
    GET /c/{community}/console/ledger                                  in 403 403 403 403 200
    GET /c/{community}/console/ledger/proofs                           in 403 403 403 403 200
    GET /c/{community}/console/ledger/refunds                          in 403 403 403 403 200
    GET /c/{community}/console/ledger/suspense                         in 403 403 403 403 200
    GET /c/{community}/console/ledger/{cause}                          in 403 403 403 403 200
    GET /c/{community}/console/orders                                  in 403 403 403 200 200
    GET /c/{community}/console/orders.csv                              in 403 403 403 200 200
    GET /c/{community}/console/orders/ship                             in 403 403 403 200 200
    GET /c/{community}/console/orders/{order}                          in 403 403 403 200 200
    GET /c/{community}/console/packets                                 in 403 403 403 403 200
    GET /c/{community}/console/packets/new                             in 403 403 403 403 200
    GET /c/{community}/console/products                                in 403 403 403 403 200
    GET /c/{community}/console/products/import                         in 403 403 403 403 200
    GET /c/{community}/console/products/new                            in 403 403 403 403 200
    GET /c/{community}/console/products/{product}                      in 403 403 403 403 200
    GET /c/{community}/console/service                                 in 403 403 403 403 200
    GET /c/{community}/console/settings                                in 403 403 403 200 200
    GET /c/{community}/console/spread                                  in 403 403 403 403 200
    GET /c/{community}/console/settings/webhooks                       in 403 403 403 403 200
    GET /c/{community}/console/settings/webhooks/{webhook}             in 403 403 403 403 200
    POST /c/{community}/console/settings/webhooks                      in 403 403 403 403 no
    POST /c/{community}/console/settings/webhooks/{webhook}/turn       in 403 403 403 403 200
    POST /c/{community}/console/settings/webhooks/{webhook}/replay     in 403 403 403 403 no
    POST /c/{community}/console/settings/webhooks/{webhook}/end        in 403 403 403 403 go
    GET /c/{community}/feed                                            all 200
    GET /c/{community}/feed.atom                                       all 200
    GET /c/{community}/groups                                          all 200
    GET /c/{community}/groups/new                                      in 403 403 403 403 200
    GET /c/{community}/groups/{group}                                  all 200
    GET /c/{community}/groups/{group}/chat                             in 403 200 200 go 200
    GET /c/{community}/groups/{group}/door                             in 403 403 200 403 200
    GET /c/{community}/groups/{group}/edit                             in 403 403 200 403 200
    GET /c/{community}/groups/{group}/lines/{line}                     in 403 200 200 404 200
    GET /c/{community}/groups/{group}/live                             in 403 200 200 404 200
    GET /c/{community}/groups/{group}/members                          in 403 200 200 go 200
    GET /c/{community}/handout                                         in go 403 200 200 200
    GET /c/{community}/inbox                                           in 403 200 200 200 200
    GET /c/{community}/inbox/choices                                   in 403 200 200 200 200
    GET /c/{community}/join                                            200 200 go go go go
    GET /c/{community}/lead                                            in go 403 200 200 200
    GET /c/{community}/lead/buy                                        in go 403 200 200 200
    GET /c/{community}/lead/buys                                       in go 403 200 200 200
    GET /c/{community}/lead/buys/{campaign}                            in go 404 404 404 404
    GET /c/{community}/lead/buys/{campaign}/close                      in go 404 404 404 404
    POST /c/{community}/lead/buys/{campaign}/close                     in go 404 404 404 404
    GET /c/{community}/lead/earnings                                   in go 403 200 200 200
    GET /c/{community}/lead/new                                        in go 403 200 200 200
    GET /c/{community}/lead/{campaign}                                 in go 404 404 404 404
    GET /c/{community}/lead/{campaign}/behalf                          in go 404 404 404 404
    GET /c/{community}/lead/{campaign}/handout                         in go 404 404 404 404
    GET /c/{community}/lead/{campaign}/paste                           in go 404 404 404 404
    GET /c/{community}/lead/{campaign}/sheet                           in go 404 404 404 404
    GET /c/{community}/lead/{campaign}/sheet.xlsx                      in go 404 404 404 404
    POST /c/{community}/lead/buy                                       in go 403 no no no
    POST /c/{community}/lead/cash                                      in 403 403 403 403 no
    POST /c/{community}/lead/new                                       in go 403 no no no
    POST /c/{community}/lead/{campaign}/arrived                        in go 404 404 404 404
    POST /c/{community}/lead/{campaign}/behalf                         in go 404 404 404 404
    POST /c/{community}/lead/{campaign}/close                          in go 404 404 404 404
    POST /c/{community}/lead/{campaign}/handout                        in go 404 404 404 404
    POST /c/{community}/lead/{campaign}/paste                          in go 404 404 404 404
    POST /c/{community}/lead/{campaign}/short                          in go 404 404 404 404
    POST /c/{community}/lead/{campaign}/undo                           in go 404 404 404 404
    GET /c/{community}/me                                              in 403 200 200 200 200
    GET /c/{community}/me/account                                      in 403 200 200 200 200
    GET /c/{community}/me/second-factor                                in 403 200 200 200 200
    GET /c/{community}/me/second-factor/code.png                       in 403 404 404 404 404
    GET /c/{community}/me/edit                                         in 403 200 200 200 200
    GET /c/{community}/me/coupons                                      in 403 200 200 200 200
    GET /c/{community}/me/points                                       in 403 200 200 200 200
    GET /c/{community}/me/earnings                                     in 403 200 200 200 200
    GET /c/{community}/me/follows                                      in 403 200 200 200 200
    GET /c/{community}/me/record                                       in 403 200 200 200 200
    GET /c/{community}/me/shares                                       in 403 200 200 200 200
    GET /c/{community}/me/tags                                         in 403 200 200 200 200
    GET /c/{community}/members/{member}                                in 403 200 go 200 200
    GET /c/{community}/members/{member}/record                         in 403 404 200 404 404
    GET /c/{community}/orders                                          in go 200 200 200 200
    GET /c/{community}/orders/{order}                                  in go 200 404 200 200
    GET /c/{community}/orders/{order}/lines/{line}/review              in 403 200 404 404 404
    GET /c/{community}/orders/{order}/pay                              in go 200 404 404 404
    GET /c/{community}/packets/{packet}                                in 403 200 200 404 200
    GET /c/{community}/posts/new                                       in 403 200 200 200 200
    GET /c/{community}/posts/{post}                                    all 200
    GET /c/{community}/posts/{post}/edit                               in 403 200 no no no
    GET /c/{community}/posts/{post}/report                             in 403 200 200 200 200
    GET /c/{community}/products/{product}                              all 200
    GET /c/{community}/programme                                       in 403 200 200 200 200
    GET /c/{community}/products/{product}/reviews                      all 200
    GET /c/{community}/reviews                                         in 403 200 200 200 200
    GET /c/{community}/reviews/{review}/follow                         in 403 200 404 404 404
    GET /c/{community}/reviews/{review}/hide                           in 403 403 403 403 200
    GET /c/{community}/reviews/{review}/reply                          in 403 403 403 200 200
    GET /c/{community}/reviews/{review}/report                         in 403 200 200 200 200
    GET /c/{community}/relays                                          in 403 403 200 403 200
    GET /c/{community}/relays/new                                      in 403 403 200 403 200
    GET /c/{community}/relays/{relay}                                  in 403 404 404 404 404
    POST /c/{community}/relays/new                                     in 403 403 no 403 no
    POST /c/{community}/relays/{relay}/cancel                          in 403 404 404 404 404
    GET /c/{community}/search                                          all 200
    GET /c/{community}/share/{code}                                    in 403 200 404 404 404
    GET /c/{community}/shop                                            all 200
    GET /c/{community}/sitemap.xml                                     all 200
    GET /c/{community}/story                                           all 200
    GET /c/{community}/voices/{tag}                                    in 403 404 404 404 404
    GET /c/{community}/tiers                                           all 200
    GET /c/{community}/wallet                                          in 403 200 200 200 200
    GET /c/{community}/payouts                                         in 403 200 200 200 200
    GET /c/{community}/payouts/statement                               in 403 200 200 200 200
    GET /c/{community}/payouts/statement.csv                           in 403 200 200 200 200
    GET /c/{community}/welcome                                         in 403 200 200 200 200
    GET /cover/{seed}/{width}                                          all 200
    GET /enter/{token}                                                 all 404
    GET /healthz                                                       all 200
    GET /look/{look}/{product}/{width}                                 all 200
    GET /metrics                                                       all 404
    GET /open                                                          in 200 200 200 200 200
    GET /pictures/{picture}/{width}                                    all 404
    GET /readyz                                                        all 200
    GET /robots.txt                                                    all 200
    GET /s/{code}                                                      all 200
    GET /s/{code}/poster.png                                           all 200
    GET /sign-in                                                       200 go go go go go
    GET /sign-in/code                                                  all in
    GET /sign-in/name                                                  in 200 200 200 200 200
    GET /sign-in/password                                              200 go go go go go
    GET /sign-up                                                       200 go go go go go
    POST /c/{community}/buy                                            all no
    POST /c/{community}/campaigns/{campaign}/order                     in go no no no no
    POST /c/{community}/cart                                           in go 404 404 404 404
    POST /c/{community}/checkout                                       in go no no no no
    POST /c/{community}/console/campaigns/leaders                      in 403 403 403 403 no
    POST /c/{community}/console/campaigns/new                          in 403 403 403 403 no
    POST /c/{community}/console/campaigns/{campaign}/close             in 403 403 403 403 go
    POST /c/{community}/console/commission                             in 403 403 403 403 no
    POST /c/{community}/console/points                                 in 403 403 403 403 no
    POST /c/{community}/console/members/{member}/points                in 403 403 403 403 no
    POST /c/{community}/console/coupons                                in 403 403 403 403 no
    POST /c/{community}/console/coupons/{coupon}/close                 in 403 403 403 403 404
    POST /c/{community}/console/payouts/list                           in 403 403 403 403 200
    POST /c/{community}/console/payouts/terms                          in 403 403 403 403 no
    POST /c/{community}/console/payouts/{payout}/settle                in 403 403 403 403 404
    POST /c/{community}/console/ledger/suspense/{payment}              in 403 403 403 403 no
    POST /c/{community}/console/orders                                 in 403 403 403 no no
    POST /c/{community}/console/orders/ship                            in 403 403 403 no no
    POST /c/{community}/console/orders/{order}/cancel                  in 403 403 403 no no
    POST /c/{community}/console/orders/{order}/confirm                 in 403 403 403 403 no
    POST /c/{community}/console/orders/{order}/ready                   in 403 403 403 no no
    POST /c/{community}/console/orders/{order}/refund                  in 403 403 403 no no
    POST /c/{community}/console/orders/{order}/refuse                  in 403 403 403 403 no
    POST /c/{community}/console/orders/{order}/settle                  in 403 403 403 403 no
    POST /c/{community}/console/orders/{order}/ship                    in 403 403 403 no no
    POST /c/{community}/console/packets/new                            in 403 403 403 403 no
    POST /c/{community}/console/products/import                        in 403 403 403 403 no
    POST /c/{community}/console/products/{product}                     in 403 403 403 403 no
    POST /c/{community}/console/products/{product}/row                 in 403 403 403 403 no
    POST /c/{community}/console/products/{product}/stock               in 403 403 403 403 no
    POST /c/{community}/console/service                                in 403 403 403 403 no
    POST /c/{community}/console/settings                               in 403 403 403 403 go
    POST /c/{community}/console/spread                                 in 403 403 403 403 no
    POST /c/{community}/console/spread/held/{member}                   in 403 403 403 403 no
    POST /c/{community}/groups/new                                     in 403 403 403 403 no
    POST /c/{community}/groups/{group}/chat                            in 403 no no go no
    POST /c/{community}/groups/{group}/door/decide                     in 403 403 no 403 no
    POST /c/{community}/groups/{group}/door/invite                     in 403 403 no 403 no
    POST /c/{community}/groups/{group}/door/role                       in 403 no no no no
    POST /c/{community}/groups/{group}/edit                            in 403 no no no no
    POST /c/{community}/groups/{group}/join                            in 403 no no no no
    POST /c/{community}/groups/{group}/lines/{line}/decide             in 403 403 404 404 404
    POST /c/{community}/groups/{group}/lines/{line}/delete             in 403 go go 404 go
    POST /c/{community}/groups/{group}/lines/{line}/edit               in 403 no no 404 no
    POST /c/{community}/groups/{group}/lines/{line}/react              in 403 no no 404 no
    POST /c/{community}/groups/{group}/lines/{line}/report             in 403 no no 404 no
    POST /c/{community}/groups/{group}/read                            in 403 go go go go
    POST /c/{community}/handout                                        in go no no no no
    POST /c/{community}/handout/ready                                  in go no no no no
    POST /c/{community}/handout/undo                                   in go no no no no
    POST /c/{community}/inbox/choices                                  in 403 go go go go
    POST /c/{community}/inbox/read                                     in 403 go go go go
    POST /c/{community}/join                                           in no no no no no
    POST /c/{community}/me/account/password                            in 403 no no no no
    POST /c/{community}/me/second-factor/begin                         in 403 go go go go
    POST /c/{community}/me/second-factor/confirm                       in 403 no no no no
    POST /c/{community}/me/second-factor/remove                        in 403 no no no no
    POST /c/{community}/payouts                                        in 403 no no no no
    POST /c/{community}/me/consent                                     in 403 go go go go
    POST /c/{community}/me/coupons/claim                               in 403 no no no no
    POST /c/{community}/me/edit                                        in 403 no no no no
    POST /c/{community}/me/tags                                        in 403 go go go go
    POST /c/{community}/members/{member}/follow                        in 403 go no go go
    POST /c/{community}/members/{member}/report                        in 403 no no no no
    POST /c/{community}/orders/{order}/cancel                          in go no 404 no no
    POST /c/{community}/orders/{order}/lines/{line}/review             in 403 no 404 404 404
    POST /c/{community}/orders/{order}/pay                             in go no 404 404 404
    POST /c/{community}/orders/{order}/pay/proof                       in go no 404 404 404
    POST /c/{community}/orders/{order}/pay/sandbox                     in go no 404 404 404
    POST /c/{community}/orders/{order}/receive                         in go no 404 404 404
    POST /c/{community}/packets/{packet}/take                          in 403 go go 404 403
    POST /c/{community}/programme                                      in 403 no no no no
    POST /c/{community}/posts/new                                      in 403 no no no no
    POST /c/{community}/posts/{post}/bookmark                          in 403 go go go go
    POST /c/{community}/posts/{post}/comments                          in 403 no no no no
    POST /c/{community}/posts/{post}/edit                              in 403 no no no no
    POST /c/{community}/posts/{post}/like                              in 403 go go go go
    POST /c/{community}/posts/{post}/report                            in 403 no no no no
    POST /c/{community}/reviews/{review}/follow                        in 403 no 404 404 404
    POST /c/{community}/reviews/{review}/helpful                       in 403 no go go go
    POST /c/{community}/reviews/{review}/hide                          in 403 no no no no
    POST /c/{community}/reviews/{review}/reply                         in 403 no no no no
    POST /c/{community}/reviews/{review}/report                        in 403 no no no no
    POST /c/{community}/share                                          all no
    POST /callbacks/sandbox                                            all no
    POST /open                                                         in no no no no no
    POST /preferences                                                  all go
    POST /sign-in                                                      all no
    POST /sign-in/code                                                 all in
    POST /sign-in/name                                                 in no no no no no
    POST /sign-in/password                                             all no
    POST /sign-up                                                      all no
    GET /c/{community}/me/close                                        in 403 200 200 200 200
    GET /c/{community}/me/leave                                        in 403 200 200 200 200
    GET /c/{community}/posts/{post}/end                                in 403 200 403 403 200
    POST /c/{community}/groups/{group}/leave                           in 403 go go 403 403
    POST /c/{community}/me/account/sessions/end                        in 403 go go go go
    POST /c/{community}/me/account/sessions/{session}/end              in 403 go go go go
    POST /c/{community}/me/close                                       in 403 no no no no
    POST /c/{community}/me/leave                                       in 403 no no no no
    POST /c/{community}/posts/{post}/end                               in 403 go 403 403 no
    POST /sign-out                                                     all go
";

/// What is not in the table yet, by the folder it is in: the console is for staff, the pages of a
/// member for members, and nothing breaks.
const FOLDERS: [(&str, [&str; 6]); 2] = [
    ("/c/{community}/console/", ["in", "403", "403", "403", "any", "any"]),
    ("/c/{community}/me/", ["in", "403", "any", "any", "any", "any"]),
];

fn word(reply: &Reply) -> String {
    match reply.status {
        303 if reply.to.starts_with("/sign-in") => "in".into(),
        303 => "go".into(),
        400 | 401 | 409 | 413 | 415 | 422 => "no".into(),
        status => status.to_string(),
    }
}

async fn answer(town: &Town, actor: usize, route: &str) -> String {
    let (method, path) = route.split_once(' ').expect("a method and a path");
    let method = if method == "GET" { Method::GET } else { Method::POST };
    // forms about a review say of which product
    let body = match path.contains("/reviews/{review}") {
        true => format!("product={}", town.things["{product}"]),
        false => String::new(),
    };
    word(&ask(town, actor, method, &town.path(path), &body).await)
}

/// These end something for the one who asks; they come last.
fn ends(route: &str) -> bool {
    ["/sign-out", "/leave", "/close", "/end"].iter().any(|e| route.ends_with(e))
}

/// The routes of the table, each with six words.
fn table() -> BTreeMap<String, Vec<&'static str>> {
    let one = |line: &'static str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let says = match words[2..] {
            ["all", word] => vec![word; ACTORS.len()],
            ref says => says.to_vec(),
        };
        assert_eq!(says.len(), ACTORS.len(), "{line}");
        (format!("{} {}", words[0], words[1]), says)
    };
    TABLE.lines().map(str::trim).filter(|l| !l.is_empty()).map(one).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_comes_in_where_they_may() {
    let (table, mut all) = (table(), routes());
    all.sort_by_key(|r| (ends(r), r.clone()));
    let gone: Vec<_> = table.keys().filter(|r| !all.contains(r)).collect();
    assert!(gone.is_empty(), "no such routes any more: {gone:?}");
    let mut wrong = Vec::new();
    for (actor, name) in ACTORS.iter().enumerate() {
        let town = town().await;
        for route in &all {
            let folder = FOLDERS.iter().find(|(folder, _)| route.contains(folder));
            let says = match (table.get(route), folder) {
                (Some(says), _) => says[actor],
                (None, Some((_, says))) => says[actor],
                (None, None) => "any",
            };
            let got = answer(&town, actor, route).await;
            // of a thing that is not there one may hear so first
            let fits = match says {
                "any" => !got.starts_with('5'),
                "403" if !table.contains_key(route) => got == says || got == "404",
                _ => got == says,
            };
            if !fits {
                wrong.push(format!("{route} as {name}: {got}, not {says}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Somebody else's things are not there, whoever knows their numbers.
#[tokio::test(flavor = "multi_thread")]
async fn another_community_has_none_of_it() {
    let town = town().await;
    let owner_of_other = 1;
    let mut tried = 0;
    for route in routes().iter().filter(|r| r.starts_with("GET /c/{community}/")) {
        let things = [
            "{group}",
            "{post}",
            "{product}",
            "{review}",
            "{order}",
            "{member}",
            "{cause}",
            "{packet}",
            "{webhook}",
        ];
        if !things.iter().any(|t| route.contains(t)) {
            continue;
        }
        let path = route.trim_start_matches("GET ").replace("{community}", "other");
        let reply = ask(&town, owner_of_other, Method::GET, &town.path(&path), "").await;
        let text = String::from_utf8_lossy(&reply.body);
        // an empty list of reviews or entries is as good as none
        let empty = reply.status == 200 && !text.contains("Plums") && !text.contains("Mei");
        assert!(reply.status == 404 || empty, "{path}: {}", reply.status);
        tried += 1;
    }
    assert!(tried > 15, "only {tried} routes were tried");
}
