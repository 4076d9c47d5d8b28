//! Times each rustc that cargo runs, and reads how much memory it took: cargo calls this program as its `RUSTC_WRAPPER`.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// Names the file that the wrapper reports to.
const REPORT: &str = "BUILD_TIME_REPORT";

/// The crate whose rustc is measured.
pub(crate) const MEASURED: &str = "measured";

/// What one rustc took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    /// At its peak; 0 where the system does not tell.
    pub(crate) mebibytes: u64,
}

impl Cost {
    /// The time beyond that of another crate, a millisecond at least. Memory is what it is.
    pub(crate) fn without(self, other: &Self) -> Self {
        Self { seconds: (self.seconds - other.seconds).max(0.001), ..self }
    }
}

/// Runs cargo; what each crate cost, in the order in which they were done.
pub(crate) fn measure(cargo: &mut Command, report: &Path) -> Result<Vec<(String, Cost)>, Box<dyn Error>> {
    fs::write(report, "")?;
    let output = cargo.env("RUSTC_WRAPPER", env::current_exe()?).env(REPORT, report).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    fs::read_to_string(report)?.lines().map(parse).collect()
}

/// A line of a report.
fn parse(line: &str) -> Result<(String, Cost), Box<dyn Error>> {
    let [name, seconds, mebibytes] = line.split(' ').collect::<Vec<_>>()[..] else {
        return Err("three words".into());
    };
    Ok((name.to_owned(), Cost { seconds: seconds.parse()?, mebibytes: mebibytes.parse()? }))
}

/// Where cargo called this program in rustc's place: runs rustc; the status to exit with.
pub(crate) fn as_wrapper() -> Option<i32> {
    let report = env::var_os(REPORT)?;
    Some(run_rustc(Path::new(&report)).unwrap_or_else(|error| {
        eprintln!("{error}");
        1
    }))
}

fn run_rustc(report: &Path) -> Result<i32, Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut command = Command::new(arguments.next().ok_or("cargo names the rustc to run")?);
    let arguments: Vec<_> = arguments.collect();
    let named = arguments.windows(2).find(|pair| pair[0] == "--crate-name").map(|pair| pair[1].clone());
    let start = Instant::now();
    let mut child = command.args(arguments).spawn()?;
    let mebibytes = if named.as_deref() == Some(MEASURED) { peak(&child) } else { 0 };
    let status = child.wait()?;
    // Cargo asks rustc about itself, too, without a name or with this one.
    if let Some(name) = named.filter(|name| name != "___") {
        let line = format!("{name} {} {mebibytes}\n", start.elapsed().as_secs_f64());
        fs::OpenOptions::new().append(true).open(report)?.write_all(line.as_bytes())?;
    }
    Ok(status.code().unwrap_or(1))
}

/// The most memory that a process held, in MiB: asked again and again until it ends.
fn peak(child: &Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while let Ok(text) = fs::read_to_string(&status) {
        // A process that has ended and is not yet waited for has no memory.
        let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) else {
            break;
        };
        peak = line.split_whitespace().next().and_then(|kibibytes| kibibytes.parse().ok()).unwrap_or(peak);
        thread::sleep(Duration::from_millis(2));
    }
    peak / 1024
}
