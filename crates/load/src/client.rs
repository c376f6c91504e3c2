//! HTTP/1.1 over one kept connection: as much of it as the driver needs.
use std::io::{Error, ErrorKind, Result};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A killed house answers nothing; a hung one must not hang the driver.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Reply {
    pub status: u16,
    /// Where to go next; empty when nowhere.
    pub to: String,
    pub body: String,
}

pub struct Client {
    to: String,
    cookie: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    /// `to` is `host:port`, or an address that begins with `http://`.
    pub fn new(to: &str, token: &str) -> Client {
        let to = to.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Client { to, cookie: format!("kith={token}; lang=en"), stream: None }
    }
    pub async fn get(&mut self, path: &str) -> Result<Reply> {
        self.ask("GET", path, "").await
    }
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Reply> {
        let one = |(name, value): &(&str, &str)| format!("{name}={}", encoded(value));
        let body = fields.iter().map(one).collect::<Vec<_>>().join("&");
        self.ask("POST", path, &body).await
    }
    async fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<Reply> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => BufReader::new(TcpStream::connect(&self.to).await?),
        };
        let mut text =
            format!("{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n", self.to, self.cookie);
        if method == "POST" {
            let kind = "application/x-www-form-urlencoded";
            text += &format!("content-type: {kind}\r\ncontent-length: {}\r\n", body.len());
        }
        text += "\r\n";
        text += body;
        let exchange = async {
            stream.write_all(text.as_bytes()).await?;
            read(&mut stream).await
        };
        let late = |_| Error::new(ErrorKind::TimedOut, format!("{path} was not answered"));
        let reply = tokio::time::timeout(PATIENCE, exchange).await.map_err(late)??;
        self.stream = Some(stream);
        Ok(reply)
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Result<Reply> {
    let cut = || Error::new(ErrorKind::UnexpectedEof, "the answer was cut off");
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(cut)?;
    let (mut to, mut length) = (String::new(), 0);
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        if line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { return Err(cut()) };
        match name.to_ascii_lowercase().as_str() {
            "location" => to = value.trim().to_owned(),
            "content-length" => length = value.trim().parse().map_err(|_| cut())?,
            "transfer-encoding" => {
                return Err(Error::new(ErrorKind::Unsupported, "an answer in chunks"));
            }
            _ => {}
        }
    }
    if !line.ends_with('\n') {
        return Err(cut());
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Reply { status, to, body: String::from_utf8_lossy(&body).into_owned() })
}

fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    let one = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(one).collect()
}
