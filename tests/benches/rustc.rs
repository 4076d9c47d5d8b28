//! Times one rustc, and reads how much memory it took.
//!
//! Cargo calls this program as its `RUSTC_WRAPPER`, so that neither cargo's own time nor a dependency is counted.

use std::error::Error;
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

/// Runs cargo; the cost of the measured crate.
pub(crate) fn measure(cargo: &mut Command, report: &Path) -> Result<Cost, Box<dyn Error>> {
    let _ = fs::remove_file(report);
    let output = cargo.env("RUSTC_WRAPPER", env::current_exe()?).env(REPORT, report).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let text = fs::read_to_string(report)?;
    let (seconds, mebibytes) = text.split_once(' ').ok_or("a report is two numbers")?;
    Ok(Cost { seconds: seconds.parse()?, mebibytes: mebibytes.parse()? })
}

/// Where cargo called this program in rustc's place: runs rustc; the status to exit with.
pub(crate) fn as_wrapper() -> Option<i32> {
    let report = env::var_os(REPORT)?;
    let mut arguments = env::args_os().skip(1);
    let mut command = Command::new(arguments.next()?);
    let arguments: Vec<_> = arguments.collect();
    let is_measured = arguments.windows(2).any(|pair| pair[0] == "--crate-name" && pair[1] == MEASURED);
    let start = Instant::now();
    let mut child = command.args(arguments).spawn().ok()?;
    let mebibytes = peak(&child, is_measured);
    let status = child.wait().ok()?;
    if is_measured {
        fs::write(report, format!("{} {mebibytes}", start.elapsed().as_secs_f64())).ok()?;
    }
    Some(status.code().unwrap_or(1))
}

/// The most memory that a process held, in MiB: asked again and again until it ends.
fn peak(child: &Child, wanted: bool) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while wanted {
        let Ok(text) = fs::read_to_string(&status) else { break };
        // A process that has ended and is not yet waited for has no memory.
        let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) else { break };
        peak = line.split_whitespace().next().and_then(|kibibytes| kibibytes.parse().ok()).unwrap_or(peak);
        thread::sleep(Duration::from_millis(2));
    }
    peak / 1024
}
