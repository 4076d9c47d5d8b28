//! The `errtable` command.

fn main() -> std::process::ExitCode {
    errtable_cli::run()
}
