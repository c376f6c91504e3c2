//! Ask for a one-time code. The caller sends it, or shows it where that is configured.
use super::tables_people as tables;
use crate::db::{Fault, Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop};
use gateway::mail::Letter;
use rules::base::{Id, Lang, Moment, id, secret};
use rules::community::contact::{self, Contact, ContactKind};
use rules::community::{sign_in, throttle};

#[derive(Clone, Debug)]
pub struct RequestCode {
    pub kind: ContactKind,
    /// The phone number or e-mail address as it was typed.
    pub target: String,
    /// A secret of the asking browser: the code works only there.
    pub browser: String,
    /// The client's network address, for the throttle.
    pub address: String,
}
/// What the caller needs to deliver it, and to ask for it back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeSent {
    pub sign_in: Id<id::SignIn>,
    pub code: String,
    pub contact: Contact,
}

crate::refusals! {
    BadTarget = "bad_target",
    /// Too many codes for this target, or from this address: wait some minutes.
    TooMany = "too_many_codes",
}

pub(super) fn code_hash(sign_in: Id<id::SignIn>, code: &str) -> String {
    sha256(&format!("{} {code}", sign_in.raw()))
}

impl App {
    pub async fn request_code(
        &self,
        now: Moment,
        cmd: RequestCode,
    ) -> Result<CodeSent, Stop<Refused>> {
        let contact = contact::contact(cmd.kind, &cmd.target).ok_or(Refused::BadTarget)?;
        let code = secret::six_digits(self.chance.number());
        let target = sha256(&format!("code to {} {}", contact.kind.code(), contact.value));
        let from = sha256(&format!("code from {}", cmd.address));
        let browser_hash = sha256(&cmd.browser);
        let verb = move |tx: &mut Tx<'_>| {
            // the count is kept although the code is refused
            let fine = tables::tried(tx, &target, throttle::CODE_TO_TARGET)?
                & tables::tried(tx, &from, throttle::CODE_FROM_ADDRESS)?;
            if !fine {
                return Ok(Err(Refused::TooMany));
            }
            // after this point it must succeed
            let (sign_in, mut w) = (tx.mint(), Writes::<Refused>::default());
            let new = tables::NewSignIn {
                id: sign_in,
                contact: &contact,
                code_hash: &code_hash(sign_in, &code),
                browser_hash: &browser_hash,
                until: sign_in::ends(tx.now()),
            };
            tables::add_sign_in(&mut w, &new);
            tx.run(w)?;
            Ok::<_, Stop<Refused>>(Ok(CodeSent {
                sign_in,
                code: code.clone(),
                contact: contact.clone(),
            }))
        };
        Ok(self.db.write(now, verb).await??)
    }
}

/// The letter that carries a code.
fn letter(to: &str, code: &str, lang: Lang) -> Letter {
    let subject = lang.pick(["登录验证码", "登入驗證碼", "Your sign-in code"]);
    let text = lang.pick([
        "验证码 {code}，10 分钟内有效。如果不是你本人，请忽略这封信。",
        "驗證碼 {code}，10 分鐘內有效。如果不是你本人，請忽略這封信。",
        "Your code is {code}. It is good for ten minutes. If this was not you, ignore this letter.",
    ]);
    Letter {
        to: to.to_string(),
        subject: format!("{subject} {code}"),
        text: text.replace("{code}", code),
    }
}

impl App {
    /// Whether a code can reach this kind of contact.
    pub fn sends_codes(&self, kind: ContactKind) -> bool {
        kind == ContactKind::Email && self.gateway.mail.is_on()
    }
    /// Mails a code, after the transaction that made it. A letter that does not leave is a fault:
    /// the person would wait for nothing.
    pub async fn send_code(&self, sent: &CodeSent, lang: Lang) -> Result<(), Fault> {
        let letter = letter(&sent.contact.value, &sent.code, lang);
        let out = self.gateway.mail.send(&letter).await;
        out.map(drop).map_err(|why| Fault::broken(format!("a code was not mailed: {why}")))
    }
}
