//! A provider's callback as it arrives: raw bytes and a signature. The sandbox of a demo shop sends
//! its own through the same door.
use super::capture::{self, Capture, Taken};
use super::tables_money as money;
use crate::db::Rx;
use crate::{App, Stop, p};
use gateway::payments::{Callback, Untrusted};
use rules::base::{Id, Moment, id};
use rules::ledger::Provider;

const CURRENCY: &str = "SELECT currency FROM community WHERE id = $1";

crate::refusals! {
    ProviderNotHere = "provider_not_available",
    BadSignature = "bad_signature",
    /// Signed, but too long ago or in the future.
    Stale = "bad_time",
    Malformed = "bad_callback",
    NoSuchPayment = "no_such_payment",
    /// Another piece of news about this payment was faster; the sender repeats it.
    Faster = "another_was_faster",
}

/// What a callback told us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum News {
    Paid(Taken),
    /// The attempt came to nothing; the order keeps waiting.
    Failed,
}

impl From<Untrusted> for Refused {
    fn from(why: Untrusted) -> Self {
        match why {
            Untrusted::NotMounted => Refused::ProviderNotHere,
            Untrusted::BadSignature => Refused::BadSignature,
            Untrusted::Stale => Refused::Stale,
            Untrusted::Malformed => Refused::Malformed,
        }
    }
}
impl From<capture::Refused> for Refused {
    fn from(why: capture::Refused) -> Self {
        match why {
            capture::Refused::NoSuchPayment => Refused::NoSuchPayment,
            capture::Refused::Faster => Refused::Faster,
            // neither is asked of a provider
            capture::Refused::NotAllowed | capture::Refused::NotWaiting => Refused::Malformed,
        }
    }
}

impl App {
    /// Whether a shop here may take money by this provider.
    pub fn pays_by(&self, provider: Provider) -> bool {
        self.gateway.payments.mounted(provider)
    }

    /// Verifies the raw body first, then takes the news. The same news again is the same answer.
    pub async fn take_callback(
        &self,
        now: Moment,
        provider: Provider,
        body: &[u8],
        signature: &str,
    ) -> Result<News, Stop<Refused>> {
        if provider != Provider::Sandbox {
            return Err(Refused::ProviderNotHere.into());
        }
        let told = self.gateway.payments.verify_sandbox(body, signature, now);
        let told = told.map_err(Refused::from)?;
        let (c, payment) = (Id::of(told.community), Id::of(told.payment));
        let (_, currency) = self.payment_sum(c, payment).await?;
        if !told.paid {
            let failed = self.payment_failed(now, c, payment).await;
            failed.map_err(|stop| stop.map(Refused::from))?;
            return Ok(News::Failed);
        }
        let arrived = Capture {
            community: c,
            payment,
            reference: told.reference,
            amount: told.minor,
            currency_fits: told.currency == currency,
            spare: self.mint(now),
        };
        let taken = self.take_payment(now, arrived).await;
        Ok(News::Paid(taken.map_err(|stop| stop.map(Refused::from))?))
    }

    /// What the sandbox does when somebody presses its button: a signed callback, delivered here.
    /// Pressed again it repeats the same news, as providers do.
    pub async fn sandbox_pay(
        &self,
        now: Moment,
        c: Id<id::Community>,
        payment: Id<id::Payment>,
        paid: bool,
    ) -> Result<News, Stop<Refused>> {
        let (minor, currency) = self.payment_sum(c, payment).await?;
        let (community, payment) = (c.raw(), payment.raw());
        let reference = format!("sb_{payment}");
        let told = Callback { community, payment, reference, minor, currency, paid, at: now };
        let sent = self.gateway.payments.sandbox_callback(&told);
        let (body, signature) = sent.ok_or(Refused::ProviderNotHere)?;
        self.take_callback(now, Provider::Sandbox, body.as_bytes(), &signature).await
    }

    /// What was asked for, and the community's currency.
    async fn payment_sum(
        &self,
        c: Id<id::Community>,
        payment: Id<id::Payment>,
    ) -> Result<(i64, String), Stop<Refused>> {
        let read = move |rx: &mut Rx<'_>| {
            let known = money::payment(rx, c, payment)?;
            Ok((known, rx.one(CURRENCY, p![c], |r| r.text(0))?))
        };
        match self.db.read(read).await? {
            (Some(known), Some(currency)) if known.provider == Provider::Sandbox => {
                Ok((known.amount, currency))
            }
            // a payment of another provider is none of the sandbox's business
            _ => Err(Refused::NoSuchPayment.into()),
        }
    }
}
