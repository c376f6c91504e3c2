//! Calls to addresses that people typed. Whoever types one may mean our own machine or network, so
//! every address is looked up, checked, and then the checked one is connected to: what a name
//! means a moment later makes no difference. No redirects, no proxy, ten seconds in all.
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::collections::VecDeque;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);

/// What came of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Its status and its `Retry-After`, if it sent one; the body is not read.
    Status(u16, Option<String>),
    /// Nobody was called: the address leads where none may.
    Forbidden,
    /// Why there is no answer, in one word.
    Nothing(&'static str),
}

/// A call as it was made, for a test to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

#[derive(Clone)]
pub enum Outward {
    Real {
        client: Client,
        /// Plain HTTP to exactly these, and nowhere else: for development.
        plain: Arc<[SocketAddr]>,
    },
    /// Keeps calls; answers from a script, then 200.
    Kept(Arc<Mutex<Kept>>),
}
#[derive(Default)]
pub struct Kept {
    pub calls: Vec<Call>,
    pub script: VecDeque<Answer>,
}

/// The first addresses the registries gave away, and what is known to lead back inside or nowhere
/// (IANA special-purpose registries, RFC 6890 and its heirs).
pub fn forbidden(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => forbidden_v4(ip),
        IpAddr::V6(ip) => forbidden_v6(ip),
    }
}
fn forbidden_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, _, _)
    )
}
fn forbidden_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    // only global unicast, and of that neither documentation nor what wraps other addresses:
    // 6to4, Teredo, ORCHID, benchmarks
    let global = s[0] & 0xe000 == 0x2000;
    let special = s[0] == 0x2002
        || (s[0] == 0x2001 && (s[1] < 0x0200 || s[1] == 0x0db8))
        || (s[0] == 0x3fff && s[1] < 0x1000);
    !global || special
}

#[derive(Debug)]
struct LeadsInside;
impl std::fmt::Display for LeadsInside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the address leads where no call may go")
    }
}
impl std::error::Error for LeadsInside {}

/// All of a name's addresses, or none when one of them is forbidden.
fn checked(found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, LeadsInside> {
    match found.iter().any(|a| forbidden(a.ip())) {
        true => Err(LeadsInside),
        false => Ok(found),
    }
}

/// The connector connects to what this returns and asks nobody else.
struct Checked;
impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let addrs: Addrs = Box::new(checked(found.collect())?.into_iter());
            Ok(addrs)
        })
    }
}

impl Outward {
    /// `plain`: addresses that may be called over plain HTTP although they lie inside.
    pub fn real(plain: Vec<SocketAddr>) -> Result<Outward, String> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| e.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(Checked))
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .pool_max_idle_per_host(0)
            .user_agent("kith")
            .build()
            .map_err(|e| e.to_string())?;
        Ok(Outward::Real { client, plain: plain.into() })
    }
    pub fn kept() -> Outward {
        Outward::Kept(Arc::default())
    }
    /// What a test's receiver answers next.
    pub fn misbehave(&self, status: u16) {
        if let Outward::Kept(kept) = self
            && let Ok(mut kept) = kept.lock()
        {
            kept.script.push_back(Answer::Status(status, None));
        }
    }
    /// Whether plain HTTP may go there.
    pub fn plain(&self, url: &str) -> bool {
        match (self, Url::parse(url)) {
            (Outward::Real { plain, .. }, Ok(url)) => {
                named(&url).is_some_and(|a| plain.contains(&a))
            }
            _ => false,
        }
    }
    pub async fn post(
        &self,
        url: &str,
        headers: Vec<(&'static str, String)>,
        body: String,
    ) -> Answer {
        let (client, plain) = match self {
            Outward::Kept(kept) => {
                let Ok(mut kept) = kept.lock() else { return Answer::Nothing("broken") };
                kept.calls.push(Call { url: url.into(), headers, body });
                return kept.script.pop_front().unwrap_or(Answer::Status(200, None));
            }
            Outward::Real { client, plain } => (client, plain),
        };
        let Ok(url) = Url::parse(url) else { return Answer::Nothing("bad_address") };
        let literal = named(&url);
        let inside = literal.is_some_and(|a| plain.contains(&a));
        // a number in place of a name is asked of no resolver
        if !inside && (url.scheme() != "https" || literal.is_some_and(|a| forbidden(a.ip()))) {
            return Answer::Forbidden;
        }
        let mut call = client.post(url).body(body);
        for (name, value) in headers {
            call = call.header(name, value);
        }
        match call.send().await {
            Ok(reply) => {
                let after = reply.headers().get("retry-after").and_then(|v| v.to_str().ok());
                Answer::Status(reply.status().as_u16(), after.map(str::to_owned))
            }
            Err(why) => unanswered(&why),
        }
    }
}

/// The address itself, when the URL names it by number.
fn named(url: &Url) -> Option<SocketAddr> {
    let host = url.host_str()?;
    let ip: IpAddr = host.trim_start_matches('[').trim_end_matches(']').parse().ok()?;
    Some(SocketAddr::new(ip, url.port_or_known_default()?))
}

fn unanswered(why: &reqwest::Error) -> Answer {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(why);
    while let Some(one) = cause {
        if one.is::<LeadsInside>() {
            return Answer::Forbidden;
        }
        cause = one.source();
    }
    match (why.is_timeout(), why.is_connect()) {
        (true, _) => Answer::Nothing("timeout"),
        (_, true) => Answer::Nothing("no_connection"),
        _ => Answer::Nothing("broken_off"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    #[test]
    fn where_no_call_may_go() {
        let inside = "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1
            127.8.8.8 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1
            192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1
            239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8
            ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:10::1 2001:20::1
            2001:db8::1
            2002:7f00:1:: 3fff::1 fc00::1 fdff::1 fe80::1 fec0::1 ff02::1";
        for ip in inside.split_whitespace() {
            assert!(forbidden(ip.parse().expect(ip)), "{ip}");
        }
        let outside = "1.1.1.1 8.8.8.8 11.0.0.1 100.63.255.255 100.128.0.1 126.0.0.1 128.0.0.1
            169.253.0.1 172.15.0.1 172.32.0.1 192.0.1.1 192.167.0.1 192.169.0.1 198.17.0.1
            198.20.0.1
            203.0.114.1 223.255.255.255 2001:200::1 2001:4860:4860::8888 2606:4700::1 2a00:1450::1
            2003::1 3fff:1000::1";
        for ip in outside.split_whitespace() {
            assert!(!forbidden(ip.parse().expect(ip)), "{ip}");
        }
    }

    #[test]
    fn one_forbidden_address_spoils_the_name() {
        let public: SocketAddr = "8.8.8.8:0".parse().expect("an address");
        let private: SocketAddr = "10.0.0.1:0".parse().expect("an address");
        assert_eq!(checked(vec![public]).expect("fine"), [public]);
        assert!(checked(vec![public, private]).is_err());
    }

    /// A house that answers every call with this, and counts them.
    async fn house(says: &'static str) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let (at, heard) = (listener.local_addr().expect("an address"), Arc::default());
        let kept: Arc<Mutex<Vec<String>>> = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((mut wire, _)) = listener.accept().await {
                let mut text = vec![0; 4096];
                let n = wire.read(&mut text).await.unwrap_or(0);
                kept.lock().expect("a list").push(String::from_utf8_lossy(&text[..n]).into_owned());
                let _ = wire.write_all(says.as_bytes()).await;
            }
        });
        (at, heard)
    }
    async fn post(out: &Outward, url: &str) -> Answer {
        out.post(url, vec![("webhook-id", "m1".into())], "{}".into()).await
    }

    #[tokio::test]
    async fn only_what_may_be_called_is_called() {
        let (at, heard) = house(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\
            Retry-After: 7\r\nContent-Length: 0\r\n\r\n",
        )
        .await;
        let port = at.port();
        let closed = Outward::real(Vec::new()).expect("a client");
        for url in [
            format!("http://127.0.0.1:{port}/"),
            format!("https://127.0.0.1:{port}/"),
            format!("https://localhost:{port}/"),
            format!("https://[::1]:{port}/"),
            format!("https://[::ffff:127.0.0.1]:{port}/"),
            // other ways to write the same number
            format!("https://2130706433:{port}/"),
            format!("https://0x7f.1:{port}/"),
            "http://example.org/".into(),
        ] {
            assert_eq!(post(&closed, &url).await, Answer::Forbidden, "{url}");
        }
        assert!(heard.lock().expect("a list").is_empty(), "nobody was called");
        let open = Outward::real(vec![at]).expect("a client");
        let url = format!("http://127.0.0.1:{port}/hook");
        assert!(open.plain(&url) && !open.plain("http://127.0.0.1:1/") && !closed.plain(&url));
        // a redirect is an answer, not a way
        assert_eq!(post(&open, &url).await, Answer::Status(302, Some("7".into())));
        let heard = heard.lock().expect("a list").clone();
        assert_eq!(heard.len(), 1);
        let head = heard[0].to_ascii_lowercase();
        assert!(head.starts_with("post /hook ") && head.contains("webhook-id: m1"), "{head}");
        drop(heard);
        let nobody = Outward::real(vec!["127.0.0.1:9".parse().expect("an address")]);
        let nobody = nobody.expect("a client");
        let answer = post(&nobody, "http://127.0.0.1:9/").await;
        assert_eq!(answer, Answer::Nothing("no_connection"));
    }
}
