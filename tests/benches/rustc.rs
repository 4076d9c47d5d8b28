//! Measures the time and memory of each rustc that cargo runs, as its `RUSTC_WRAPPER`.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// The environment variable with the path of the wrapper's report.
const REPORT: &str = "BUILD_TIME_REPORT";

/// The name of the crate whose memory is measured.
pub(crate) const MEASURED: &str = "measured";

/// The cost of one run of rustc.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    /// The peak of the memory, or 0 if the system does not report it.
    pub(crate) mebibytes: u64,
}

impl Cost {
    /// Subtracts the time of another crate, down to a millisecond. The memory is unchanged.
    pub(crate) fn without(self, other: &Self) -> Self {
        Self { seconds: (self.seconds - other.seconds).max(0.001), ..self }
    }
}

/// Runs cargo and returns the cost of each crate, in the order of completion.
pub(crate) fn measure(cargo: &mut Command, report: &Path) -> Result<Vec<(String, Cost)>, Box<dyn Error>> {
    fs::write(report, "")?;
    let output = cargo.env("RUSTC_WRAPPER", env::current_exe()?).env(REPORT, report).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    fs::read_to_string(report)?.lines().map(parse).collect()
}

/// Parses a line of a report.
fn parse(line: &str) -> Result<(String, Cost), Box<dyn Error>> {
    let [name, seconds, mebibytes] = line.split(' ').collect::<Vec<_>>()[..] else {
        return Err("a line of the report has a name, seconds and mebibytes".into());
    };
    Ok((name.to_owned(), Cost { seconds: seconds.parse()?, mebibytes: mebibytes.parse()? }))
}

/// Runs rustc if cargo called this program as a wrapper, and returns the exit status.
pub(crate) fn as_wrapper() -> Option<i32> {
    let report = env::var_os(REPORT)?;
    Some(run_rustc(Path::new(&report)).unwrap_or_else(|error| {
        eprintln!("{error}");
        1
    }))
}

fn run_rustc(report: &Path) -> Result<i32, Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut command = Command::new(arguments.next().ok_or("missing path of rustc")?);
    let arguments: Vec<_> = arguments.collect();
    let named = arguments.windows(2).find(|pair| pair[0] == "--crate-name").map(|pair| pair[1].clone());
    let start = Instant::now();
    let mut child = command.args(arguments).spawn()?;
    let mebibytes = if named.as_deref() == Some(MEASURED) { peak(&child) } else { 0 };
    let status = child.wait()?;
    // Cargo also queries rustc about its target, without a crate name or as `___`.
    if let Some(name) = named.filter(|name| name != "___") {
        let line = format!("{name} {} {mebibytes}\n", start.elapsed().as_secs_f64());
        fs::OpenOptions::new().append(true).open(report)?.write_all(line.as_bytes())?;
    }
    Ok(status.code().unwrap_or(1))
}

/// Returns the peak memory of a process in MiB. Polls until the process ends.
fn peak(child: &Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while let Ok(text) = fs::read_to_string(&status) {
        // A zombie process has no `VmHWM`.
        let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) else {
            break;
        };
        peak = line.split_whitespace().next().and_then(|kibibytes| kibibytes.parse().ok()).unwrap_or(peak);
        thread::sleep(Duration::from_millis(2));
    }
    peak / 1024
}
