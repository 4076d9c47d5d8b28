//! The links of Markdown pages work on GitHub, and those of the guide in rustdoc. The guide has no
//! hidden lines in examples, because GitHub would show them.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use comrak::nodes::NodeValue;
use comrak::options::BrokenLinkReference;
use comrak::{Anchorizer, Arena, Options, ResolvedReference, parse_document};

/// Directories without pages: outputs, fixtures, transcripts of the command, and its templates.
const SKIPPED: [&str; 5] = ["target", "fixtures", "cmd", "doc", "node_modules"];

/// A page as GitHub shows it.
#[derive(Debug, Default)]
struct Page {
    path: PathBuf,
    /// `[label]: target`, by label.
    definitions: BTreeMap<String, String>,
    /// The labels that links refer to.
    labels: BTreeSet<String>,
    /// The targets of the other links.
    targets: Vec<String>,
    /// The fragments of headings.
    anchors: BTreeSet<String>,
    /// The language and the text of each code block.
    blocks: Vec<(String, String)>,
}

impl Page {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let definitions = definitions(&text);
        let mut page = Self { path, definitions, ..Self::default() };
        // Without the definitions, the parser asks for the target of each label.
        let text: Vec<_> = text.lines().filter(|line| definition(line).is_none()).collect();
        page.parse(&text.join("\n"));
        page
    }

    fn parse(&mut self, text: &str) {
        let mut options = Options::default();
        options.extension.table = true;
        options.parse.broken_link_callback = Some(Arc::new(|link: BrokenLinkReference| {
            Some(ResolvedReference { url: format!("label:{}", link.original), title: String::new() })
        }));
        let (arena, mut anchorizer) = (Arena::new(), Anchorizer::new());
        for node in parse_document(&arena, text, &options).descendants() {
            match &node.data().value {
                NodeValue::Link(link) | NodeValue::Image(link) => match link.url.strip_prefix("label:") {
                    Some(label) => _ = self.labels.insert(label.into()),
                    None => self.targets.push(link.url.clone()),
                },
                NodeValue::Heading(_) => {
                    let text: String = node.descendants().map(|node| plain(&node.data().value)).collect();
                    self.anchors.insert(anchorizer.anchorize(&text));
                }
                NodeValue::CodeBlock(block) => self.blocks.push((block.info.clone(), block.literal.clone())),
                _ => {}
            }
        }
    }

    fn is_of_the_guide(&self) -> bool {
        self.path.ends_with(Path::new("runtime/src/guide").join(self.path.file_name().unwrap()))
    }

    /// Returns what is wrong with the target of a link.
    fn problem(&self, target: &str, pages: &[Page]) -> Option<String> {
        if target.starts_with("https://") {
            return None;
        }
        let (file, fragment) = target.split_once('#').map_or((target, None), |(file, it)| (file, Some(it)));
        let path = if file.is_empty() { Ok(self.path.clone()) } else { self.path.with_file_name(file).canonicalize() };
        let Ok(path) = path else { return Some(format!("no file for `{target}`")) };
        let fragment = fragment?;
        let has_anchor = pages.iter().any(|page| page.path == path && page.anchors.contains(fragment));
        (!has_anchor).then(|| format!("no heading for `{target}`"))
    }
}

/// Returns the text that counts for the fragment of a heading.
fn plain(value: &NodeValue) -> String {
    match value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::Code(code) => code.literal.clone(),
        _ => String::new(),
    }
}

/// Returns the label and the target of a line `[label]: target`.
fn definition(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('[')?.split_once("]: ")
}

fn definitions(text: &str) -> BTreeMap<String, String> {
    text.lines().filter_map(definition).map(|(label, target)| (label.into(), target.into())).collect()
}

/// Returns the pages for people in a directory of the repository.
fn pages_in(folder: &Path) -> Vec<Page> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && !name.starts_with('.') && !SKIPPED.contains(&name) {
            pages.extend(pages_in(&path));
        } else if path.extension() == Some(OsStr::new("md")) && !is_of_rustdoc(&path) {
            pages.push(Page::read(path));
        }
    }
    pages
}

/// Returns whether only rustdoc shows a file, and checks its links.
fn is_of_rustdoc(path: &Path) -> bool {
    ["links.md", "derive_error_code.md", "error_table.md"].iter().any(|name| path.ends_with(name))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().canonicalize().unwrap()
}

fn pages() -> Vec<Page> {
    pages_in(&root())
}

/// Returns the definitions of rustdoc, which precede each page of the guide.
fn links() -> String {
    fs::read_to_string(root().join("runtime/src/guide/links.md")).unwrap()
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Calls a check with each page, and reports the problems of all pages.
fn check(pages: &[Page], problems_of: impl Fn(&Page) -> Vec<String>) {
    let problems = pages.iter().flat_map(|page| {
        let problems = problems_of(page).into_iter();
        problems.map(|problem| format!("{}: {problem}", page.path.display()))
    });
    assert_none(&problems.collect::<Vec<_>>());
}

#[test]
fn pages_are_found() {
    let pages = pages();
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "spec/cli/README.md", "tests/BENCHMARKS.md"] {
        assert!(pages.iter().any(|page| page.path.ends_with(name)), "{name}");
    }
    assert_eq!(pages.iter().filter(|page| page.is_of_the_guide()).count(), 10);
}

#[test]
fn links_have_a_file_and_a_heading() {
    let pages = pages();
    check(&pages, |page| {
        let targets = page.targets.iter().chain(page.definitions.values());
        targets.filter_map(|target| page.problem(target, &pages)).collect()
    });
}

#[test]
fn labels_are_defined_and_used() {
    check(&pages(), |page| {
        let defined: BTreeSet<_> = page.definitions.keys().cloned().collect();
        let undefined = page.labels.difference(&defined).map(|label| format!("`[{label}]` is not defined"));
        undefined.chain(defined.difference(&page.labels).map(|label| format!("`[{label}]` is not used"))).collect()
    });
}

#[test]
fn rustdoc_has_the_same_labels() {
    let mut pages = pages();
    pages.retain(Page::is_of_the_guide);
    let text = links();
    let links = definitions(&text);
    check(&pages, |page| {
        let labels = page.definitions.keys().filter(|label| !links.contains_key(*label));
        labels.map(|label| format!("`[{label}]` is not in links.md")).collect()
    });
    let is_used = |label: &&String| pages.iter().any(|page| page.definitions.contains_key(*label));
    let unused = links.keys().filter(|label| !is_used(label));
    assert_none(&unused.map(|label| format!("links.md: no page uses `[{label}]`")).collect::<Vec<_>>());
    assert!(text.lines().is_sorted(), "links.md is not sorted");
}

/// Returns whether a page and `links.md` define a label as the same page or item.
fn is_same(page: &Page, target: &str, rustdoc: &str) -> bool {
    if let Some(module) = rustdoc.strip_prefix("crate::guide::") {
        let (name, fragment) = module.split_once('#').map_or((module, ""), |(name, _)| (name, &module[name.len()..]));
        return target == format!("{name}.md{fragment}");
    }
    let source = fs::read_to_string(page.path.with_file_name(target)).unwrap_or_default();
    let name = rustdoc.rsplit([':', '@']).next().unwrap().trim_end_matches('!');
    let is_item = |keyword: &str| source.contains(&format!("{keyword} {name}"));
    let is_variant = source.lines().any(|line| line.trim() == format!("{name},"));
    is_variant || ["const", "enum", "fn", "macro", "struct", "trait", "type"].into_iter().any(is_item)
}

#[test]
fn labels_have_the_same_meaning_in_rustdoc() {
    let links = definitions(&links());
    check(&pages(), |page| {
        let definitions = page.definitions.iter().filter(|_| page.is_of_the_guide());
        let differing = definitions.filter(|(label, target)| {
            let rustdoc = links.get(*label);
            rustdoc.is_some_and(|rustdoc| !is_same(page, target, rustdoc))
        });
        differing.map(|(label, target)| format!("`[{label}]` differs: `{target}`")).collect()
    });
}

#[test]
fn examples_have_a_language_and_no_hidden_lines() {
    check(&pages(), |page| {
        let blocks = page.blocks.iter().filter(|_| page.is_of_the_guide());
        let bad = blocks.filter(|(language, text)| match language.split(',').next() {
            Some("rust") => text.lines().any(|line| line == "#" || line.starts_with("# ")),
            other => !matches!(other, Some("json" | "sh" | "text" | "toml")),
        });
        bad.map(|(language, text)| format!("hidden line, or language `{language}`, in\n{text}")).collect()
    });
}
