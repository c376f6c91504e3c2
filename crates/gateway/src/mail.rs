//! Outgoing mail: SMTP when it is configured, nothing otherwise, a kept list in tests.
use lettre::message::header::ContentType;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};
use std::sync::{Arc, Mutex};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
}

#[derive(Clone)]
pub enum Mail {
    /// No SMTP is configured: nothing is sent, and callers are told so.
    Off,
    Smtp {
        from: String,
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
    },
    /// Keeps letters for a test to read.
    Kept(Arc<Mutex<Vec<Letter>>>),
}

impl Mail {
    /// `url` such as `smtps://user:password@mail.example.org`.
    pub fn smtp(url: &str, from: &str) -> Result<Mail, String> {
        let built = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let transport =
            built.map_err(|e| format!("KITH_SMTP is not an SMTP address: {e}"))?.build();
        Ok(Mail::Smtp { from: from.to_string(), transport: Box::new(transport) })
    }
    pub fn kept() -> Mail {
        Mail::Kept(Arc::default())
    }
    pub fn is_on(&self) -> bool {
        !matches!(self, Mail::Off)
    }
    /// `Ok(false)`: mail is off and nothing was sent.
    pub async fn send(&self, letter: &Letter) -> Result<bool, String> {
        match self {
            Mail::Off => Ok(false),
            Mail::Kept(list) => {
                list.lock().map_err(|e| e.to_string())?.push(letter.clone());
                Ok(true)
            }
            Mail::Smtp { from, transport } => {
                let message = Message::builder()
                    .from(from.parse().map_err(|e| format!("the sender's address: {e}"))?)
                    .to(letter.to.parse().map_err(|e| format!("the receiver's address: {e}"))?)
                    .subject(&letter.subject)
                    .header(ContentType::TEXT_PLAIN)
                    .body(letter.text.clone())
                    .map_err(|e| e.to_string())?;
                transport.send(message).await.map(|_| true).map_err(|e| e.to_string())
            }
        }
    }
}
