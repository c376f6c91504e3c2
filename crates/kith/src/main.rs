//! The binary: it reads what it is told, wires the house together, and decides nothing.
mod clock;
mod commands;
mod config;
mod demo;
mod listen;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    let cli = config::Cli::parse();
    config::start_log(&cli);
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let Ok(runtime) = built else {
        eprintln!("kith: this machine gave no threads");
        return std::process::ExitCode::FAILURE;
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kith: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
