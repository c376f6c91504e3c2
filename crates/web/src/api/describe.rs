//! What the description says of every operation alike: who may call, what may be sent twice, how
//! it is told that something went wrong.
use super::ask::IDEMPOTENCY;
use rules::community::scope::Scope;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, RefOr, Required};

const TAGS: &[(&str, &str)] = &[
    ("Account", "Coming in and going out."),
    ("Communities", "A community, its members and tags."),
    ("Keys", "Keys of this API; made by the owner in person, with the token of `sign_in`."),
    ("Groups", "Groups of a community."),
    ("Chat", "What is said in a group, read by a cursor or followed live."),
    ("Content", "Posts."),
    ("Products", "The catalogue and its stock."),
    ("Group buys", "Buying together: campaigns, their teams and seats."),
    ("Chain orders", "A leader's list for a group: ordered from until its cut-off."),
    ("Coupons", "Taking them; orders use them."),
    ("Points", "What a member has of them; orders use them."),
    ("Orders", "From placing to receiving."),
    ("Payments", "Money in and money back. Amounts are whole numbers of the smallest unit."),
    ("Webhooks", "Programs that are told what happens: docs/events.md lists the events."),
    ("Red packets", "The shop's thanks to a group, and what members hold of them."),
    ("Reviews", "From received orders only."),
    ("Sharing", "Links of members, and whose link led to an order."),
    ("Insight", "What the orders say, for staff with the right."),
];

fn about() -> String {
    let scopes: Vec<String> = Scope::ALL.iter().map(|s| format!("`{}`", s.code())).collect();
    format!(
        "Everything the pages do, for programs.\n\n\
         **Who calls.** `Authorization: Bearer …` with a key of one community (made in its \
         console, acting for its owner, narrowed by scopes) or with the token of `sign_in`. \
         Scopes: {}.\n\n\
         **Twice is once.** Send an `Idempotency-Key` with what changes something: within 24 \
         hours the same key and body give the same answer and nothing happens twice; another \
         body under the same key is refused with 422.\n\n\
         **Refusals** are `application/problem+json` (RFC 9457) with a stable `code` and a \
         sentence in the language of `Accept-Language`.\n\n\
         **Lists** give `next`: pass it as `after`. **Limits**: 600 calls a minute with a key, \
         told in the `RateLimit-*` headers. **Times** are RFC 3339 in UTC. **Ids** are opaque.\n\n\
         A field or operation that goes is announced in the changelog and kept for two releases; \
         new fields may come at any time.",
        scopes.join(", ")
    )
}

/// The whole description, from what the handlers say.
pub fn whole(mut api: OpenApi) -> OpenApi {
    api.info = InfoBuilder::new()
        .title("Kith")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(about()))
        .license(Some(utoipa::openapi::License::new("Apache-2.0")))
        .build();
    let tag =
        |(name, says): (&str, &str)| TagBuilder::new().name(name).description(Some(says)).build();
    api.tags = Some(TAGS.iter().copied().map(tag).collect());
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A key of a community (`kith_…`) or the token of `sign_in`."))
        .build();
    let components = api.components.take().unwrap_or_else(|| ComponentsBuilder::new().build());
    let mut components = components;
    components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    api.components = Some(components);
    api.security = Some(vec![SecurityRequirement::new("bearer", Vec::<String>::new())]);
    for item in api.paths.paths.values_mut() {
        for operation in changing(item) {
            may_be_sent_twice(operation);
        }
        for operation in every(item) {
            answers_are_told(operation);
        }
    }
    api
}

fn every(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.patch, &mut item.delete]
        .into_iter()
        .filter_map(Option::as_mut)
}

/// OpenAPI wants a sentence for every answer.
fn answers_are_told(operation: &mut Operation) {
    for (status, answer) in &mut operation.responses.responses {
        if let RefOr::T(answer) = answer {
            answer.description = match status.starts_with('2') {
                true => "Done.".into(),
                false => "Refused: `code` says why.".into(),
            };
        }
    }
}

/// The operations of a path that change something.
fn changing(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.post, &mut item.patch, &mut item.delete].into_iter().filter_map(Option::as_mut)
}

fn may_be_sent_twice(operation: &mut Operation) {
    // what these answer is secret and is not kept
    if matches!(
        operation.operation_id.as_deref(),
        Some(
            "request_code"
                | "sign_in"
                | "sign_out"
                | "create_key"
                | "create_webhook"
                | "rotate_webhook_secret"
        )
    ) {
        return;
    }
    let header = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("Names this call for 24 hours; 1 to 200 visible ASCII characters."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(200)).build()))
        .build();
    debug_assert!(IDEMPOTENCY.eq_ignore_ascii_case(&header.name));
    operation.parameters.get_or_insert_default().push(header.into());
}
