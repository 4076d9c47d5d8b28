//! The crates to build: one for each contender, in one workspace that shares dependencies.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::names::names;
use crate::rustc::{self, Cost, MEASURED};

/// A macro that implements an enum of error codes.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    directory: &'static str,
    dependencies: &'static str,
    source: fn(&[String]) -> String,
    /// The largest table. A larger one would take minutes, or all memory.
    pub(crate) most_rows: usize,
}

/// The measured dependency.
pub(crate) const ERRTABLE: &str = concat!("errtable = { path = \"", env!("CARGO_MANIFEST_DIR"), "/../../runtime\" }");

/// The contenders, `errtable` first.
pub(crate) static CONTENDERS: [Contender; 4] = [
    Contender {
        name: "`#[error_table]`",
        directory: "ours",
        dependencies: ERRTABLE,
        source: |_| "//! Ours.\n/// Codes.\n#[errtable::error_table(\"rows.json\")]\npub enum Code {}\n".to_owned(),
        most_rows: 65_535,
    },
    Contender {
        name: "bare enum, same docs",
        directory: "bare",
        dependencies: "",
        source: |names| {
            listed("#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]", names, |name| {
                // The docs that `errtable` generates for a row with a code and description.
                let retry = "Retry `never`: do not retry the request as it is. Fault: client.";
                format!("/// {}\n///\n/// `{name}`, of table `rows`. {retry}\n", description(name))
            })
        },
        most_rows: 65_535,
    },
    Contender {
        name: "thiserror and strum's `EnumString`",
        directory: "thiserror",
        dependencies: "thiserror = \"=2.0.21\"\nstrum = { version = \"=0.28.0\", features = [\"derive\"] }",
        source: |names| {
            listed("#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, strum::EnumString)]", names, |name| {
                format!("#[error(\"{name}\")]\n#[strum(serialize = \"{name}\")]\n")
            })
        },
        most_rows: 8_000,
    },
    Contender {
        name: "strum's six derives",
        directory: "strum",
        dependencies: "strum = { version = \"=0.28.0\", features = [\"derive\"] }",
        source: |names| {
            let derives = "#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, \
                strum::IntoStaticStr, strum::EnumMessage, strum::EnumProperty, strum::VariantArray)]";
            listed(derives, names, |name| {
                let description = description(name);
                format!("#[strum(serialize = \"{name}\", message = \"{description}\", props(retry = \"never\"))]\n")
            })
        },
        most_rows: 8_000,
    },
];

/// A profile of cargo.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dev => "dev",
            Self::Release => "release",
        })
    }
}

/// The directory of the crates.
pub(crate) struct Workspace(PathBuf);

impl Workspace {
    /// Creates empty crates.
    pub(crate) fn create() -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/build-time");
        let members: Vec<_> = CONTENDERS.iter().map(|contender| contender.directory).collect();
        fs::create_dir_all(&root)?;
        fs::write(root.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
        let workspace = Self(root);
        for contender in &CONTENDERS {
            let directory = workspace.0.join(contender.directory);
            fs::create_dir_all(&directory)?;
            fs::write(directory.join("Cargo.toml"), manifest(contender))?;
            fs::write(directory.join("lib.rs"), "")?;
        }
        Ok(workspace)
    }

    /// Measures a crate without code. A build before it warms the disk cache.
    pub(crate) fn measure_empty(&self, profile: Profile) -> Result<Cost, Box<dyn Error>> {
        let [_, bare, ..] = &CONTENDERS;
        self.build(bare, "", profile)?;
        self.build(bare, "//! Nothing.\n", profile)
    }

    /// Measures a contender with `rows` rows, after its dependencies. Returns the median of at most
    /// nine builds. After 5 seconds, no further one starts.
    pub(crate) fn measure(&self, contender: &Contender, rows: usize, profile: Profile) -> Result<Cost, Box<dyn Error>> {
        self.build(contender, "", profile)?;
        let names = names(rows, &mut fastrand::Rng::with_seed(rows as u64));
        fs::write(self.0.join(contender.directory).join("rows.json"), table(&names))?;
        let mut costs: Vec<Cost> = Vec::new();
        while costs.len() < 9 && costs.iter().map(|cost| cost.seconds).sum::<f64>() < 5.0 {
            // A different comment in each round makes cargo build again.
            let source = format!("{}// {}\n", (contender.source)(&names), costs.len());
            costs.push(self.build(contender, &source, profile)?);
        }
        costs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        Ok(costs[costs.len() / 2])
    }

    fn build(&self, contender: &Contender, source: &str, profile: Profile) -> Result<Cost, Box<dyn Error>> {
        let directory = self.0.join(contender.directory);
        fs::write(directory.join("lib.rs"), source)?;
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--manifest-path"]).arg(directory.join("Cargo.toml"));
        cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", self.0.join("target"));
        if profile == Profile::Release {
            cargo.arg("--release");
        }
        let costs = rustc::measure(&mut cargo, &self.0.join("report"))?;
        let measured = costs.into_iter().find(|(name, _)| name == MEASURED).ok_or("cargo had nothing to build")?;
        Ok(measured.1)
    }
}

fn manifest(contender: &Contender) -> String {
    let Contender { directory, dependencies, .. } = contender;
    format!(
        "[package]\nname = \"{directory}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [lib]\nname = \"{MEASURED}\"\npath = \"lib.rs\"\n\n[dependencies]\n{dependencies}\n"
    )
}

/// Returns the description of a code, for the table and the docs of the peers.
fn description(name: &str) -> String {
    format!("the condition that {name} reports, in words")
}

fn table(names: &[String]) -> String {
    let rows: Vec<_> =
        names.iter().map(|name| format!(r#"{{"code": "{name}", "description": "{}"}}"#, description(name))).collect();
    format!("{{\"name\": \"rows\", \"errors\": [\n{}\n]}}\n", rows.join(",\n"))
}

/// Returns an enum whose variants have the attributes or docs that `above` returns.
fn listed(derives: &str, names: &[String], above: impl Fn(&str) -> String) -> String {
    let mut source = format!("//! Codes.\n/// Codes.\n{derives}\npub enum Code {{\n");
    for (row, name) in names.iter().enumerate() {
        let _ = writeln!(source, "{}V{row},", above(name));
    }
    source.push_str("}\n");
    source
}
