//! Settings: the command line, `KITH_*` in the environment, one TOML file, in this order.
use anyhow::{Context, Result};
use app::db::At;
use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Parser, Clone)]
#[command(name = "kith", version, about = "Community commerce: one binary, one data folder")]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Log lines as JSON.
    #[arg(long, global = true, env = "KITH_LOG_JSON")]
    pub log_json: bool,
}

/// Where the house keeps its things.
#[derive(Args, Clone, Debug, Default)]
pub struct Place {
    /// Folder for the database and the pictures [default: data]
    #[arg(long, env = "KITH_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// A PostgreSQL database instead of the SQLite file, such as postgres://user@host/kith
    #[arg(long, env = "KITH_DATABASE_URL")]
    pub database_url: Option<String>,
    /// A TOML file with the same names
    #[arg(long, env = "KITH_CONFIG")]
    pub config: Option<PathBuf>,
}

/// How it is reached.
#[derive(Args, Clone, Debug, Default)]
pub struct Reach {
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "KITH_LISTEN")]
    pub listen: Option<String>,
    /// The address people type, such as https://shop.example.org
    #[arg(long, env = "KITH_ADDRESS")]
    pub address: Option<String>,
    /// Outgoing mail, such as smtps://user:password@mail.example.org
    #[arg(long, env = "KITH_SMTP", hide_env_values = true)]
    pub smtp: Option<String>,
    /// The sender of outgoing mail
    #[arg(long, env = "KITH_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// What GET /metrics asks for; without one it answers this machine only
    #[arg(long, env = "KITH_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// What the secrets of webhooks and second factors are made of, 64 hexadecimal digits; several
    /// processes of one house share it [default: webhook.key in the data folder, made when it is
    /// missing]
    #[arg(long, env = "KITH_WEBHOOK_KEY", hide_env_values = true)]
    pub webhook_key: Option<String>,
    /// With --development: webhooks may go to this address over plain HTTP, such as 127.0.0.1:9000
    #[arg(long, env = "KITH_WEBHOOK_PLAIN", value_delimiter = ',')]
    pub webhook_plain: Vec<SocketAddr>,
    /// With --development, and in the demonstration: a file that holds the hours the clock runs
    /// ahead, looked at each time; what is due later then happens now
    #[arg(long, env = "KITH_CLOCK_AHEAD", value_name = "FILE")]
    pub clock_ahead: Option<PathBuf>,
    /// Shows one-time codes on the page and mounts the sandbox payment: never with real money
    #[arg(long, env = "KITH_DEVELOPMENT")]
    pub development: bool,
}

#[derive(Subcommand, Clone)]
pub enum Command {
    /// Serve the pages
    Serve {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        reach: Reach,
    },
    /// Fill a fresh folder with a living community and serve it
    Demo {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        reach: Reach,
        /// Nobody chats or orders by themselves
        #[arg(long)]
        quiet_cast: bool,
        /// One JSON line when ready
        #[arg(long)]
        json: bool,
    },
    /// Import a catalogue
    #[command(subcommand)]
    Import(Import),
    /// RFM, cohorts and lifetime value of a plain order log; needs no server
    Insight(Insight),
    /// Re-derive every balance, state and count, and name what does not fit
    Audit {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        json: bool,
    },
    /// Copy the SQLite database into a file while it is in use
    Backup {
        to: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Bring a backup back into a folder that has no database
    Restore {
        from: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Explain what is wrong with an installation
    Doctor {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        reach: Reach,
    },
    /// Print the description of the JSON API (OpenAPI 3.1)
    Openapi,
}

/// What `kith insight` is told.
#[derive(Args, Clone, Debug)]
pub struct Insight {
    /// A CSV file whose first line names its columns
    #[arg(long, value_name = "FILE")]
    pub orders: PathBuf,
    /// The column that says who bought [default: found by its usual names, as are the others]
    #[arg(long, value_name = "COLUMN")]
    pub customer: Option<String>,
    /// The column that says when
    #[arg(long, value_name = "COLUMN")]
    pub date: Option<String>,
    /// The column that says for how much
    #[arg(long, value_name = "COLUMN")]
    pub amount: Option<String>,
    /// The column that says which order a row belongs to; without one, a day is an order
    #[arg(long, value_name = "COLUMN")]
    pub order: Option<String>,
    /// The last day to look at, such as 2026-03-31 [default: the day of the last order]
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// The unit of time of the models
    #[arg(long, value_enum, default_value_t = Unit::Day)]
    pub unit: Unit,
    /// A folder for CSV files and drawings (SVG)
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// One JSON object instead of tables
    #[arg(long)]
    pub json: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
}

#[derive(Subcommand, Clone)]
pub enum Import {
    /// Products from Shopify's CSV or our own
    Products {
        file: PathBuf,
        /// The community's slug
        #[arg(long)]
        community: String,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        place: Place,
    },
}

/// The TOML file; unknown names are refused so that a typo is heard.
#[derive(serde::Deserialize, Default, Debug)]
#[serde(deny_unknown_fields)]
struct File {
    data_dir: Option<PathBuf>,
    database_url: Option<String>,
    listen: Option<String>,
    address: Option<String>,
    smtp: Option<String>,
    mail_from: Option<String>,
    metrics_token: Option<String>,
    webhook_key: Option<String>,
}

/// Everything decided.
#[derive(Clone, Debug)]
pub struct Settings {
    pub data_dir: PathBuf,
    pub at: At,
    pub listen: String,
    pub address: Option<String>,
    pub smtp: Option<String>,
    pub mail_from: String,
    pub metrics_token: Option<String>,
    pub webhook_key: Option<String>,
    /// Only looked at in development.
    pub clock_ahead: Option<PathBuf>,
    /// Empty unless in development.
    pub webhook_plain: Vec<SocketAddr>,
    pub development: bool,
}

impl Settings {
    pub fn of(place: &Place, reach: &Reach) -> Result<Settings> {
        let file = read_file(place.config.as_deref())?;
        let data_dir = place.data_dir.clone().or(file.data_dir).unwrap_or("data".into());
        let at = match place.database_url.clone().or(file.database_url) {
            Some(url) => At::Postgres { url, connections: 16 },
            None => At::File(data_dir.join("kith.db")),
        };
        let listen = reach.listen.clone().or(file.listen);
        Ok(Settings {
            data_dir,
            at,
            listen: listen.unwrap_or("127.0.0.1:8080".into()),
            address: reach.address.clone().or(file.address),
            smtp: reach.smtp.clone().or(file.smtp),
            mail_from: reach.mail_from.clone().or(file.mail_from).unwrap_or_default(),
            metrics_token: reach.metrics_token.clone().or(file.metrics_token),
            webhook_key: reach.webhook_key.clone().or(file.webhook_key),
            clock_ahead: reach.clock_ahead.clone(),
            webhook_plain: match reach.development {
                true => reach.webhook_plain.clone(),
                false => Vec::new(),
            },
            development: reach.development,
        })
    }
}

fn read_file(path: Option<&std::path::Path>) -> Result<File> {
    let Some(path) = path else { return Ok(File::default()) };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the settings file {} cannot be read", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is not what kith knows", path.display()))
}

/// Warnings by default; `RUST_LOG` decides.
pub fn start_log(cli: &Cli) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if cli.log_json { log.json().init() } else { log.init() }
}
