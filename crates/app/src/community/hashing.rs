//! Passwords at rest: Argon2id on a bounded pool of threads, never inside a transaction.
use crate::Fault;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash};
use tokio::sync::Semaphore;

/// Each takes 19 MiB and some tens of milliseconds of one core.
static AT_WORK: Semaphore = Semaphore::const_new(2);
/// Those beyond are told to come back in a moment.
static IN_LINE: Semaphore = Semaphore::const_new(64);
const MEMORY_KIB: u32 = 19_456;
const TIMES: u32 = 2;

fn argon() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(MEMORY_KIB, TIMES, 1, None)
        .map_err(|e| Fault::broken(format!("Argon2 parameters: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn pooled<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let _line = IN_LINE.try_acquire().map_err(|_| Fault::Busy)?;
    let _turn = AT_WORK.acquire().await.map_err(|_| Fault::Gone)?;
    let worked = tokio::task::spawn_blocking(f).await;
    worked.map_err(|e| Fault::broken(format!("a password thread ended: {e}")))?
}

/// The text that is stored, with its parameters and salt in it.
pub async fn hashed(password: String, salt: [u8; 16]) -> Result<String, Fault> {
    pooled(move || {
        let made = argon()?.hash_password_with_salt(password.as_bytes(), &salt);
        made.map(|h: password_hash::phc::PasswordHash| h.to_string())
            .map_err(|e| Fault::broken(format!("no password hash: {e}")))
    })
    .await
}

/// Whether it is the right one. Nobody's password takes the same work as somebody's.
pub async fn matches(password: String, stored: Option<String>) -> Result<bool, Fault> {
    pooled(move || {
        let argon = argon()?;
        match stored {
            Some(stored) => {
                Ok(PasswordVerifier::<str>::verify_password(&argon, password.as_bytes(), &stored)
                    .is_ok())
            }
            None => {
                let spent: Result<password_hash::phc::PasswordHash, _> =
                    argon.hash_password_with_salt(password.as_bytes(), &[7; 16]);
                drop(spent);
                Ok(false)
            }
        }
    })
    .await
}
