//! Draws texts to look up: codes of a list, and misses.

use fastrand::Rng;
use rustc_hash::FxHashSet;

/// Texts to look up. They are contiguous, so that they displace little of the tables in the cache.
#[derive(Default)]
pub(crate) struct Draws {
    texts: String,
    /// The end of each text, and the row that the floor compares it with.
    ends: Vec<(u32, u16)>,
}

impl Draws {
    fn push(&mut self, text: &str, near: usize) {
        self.texts.push_str(text);
        self.ends.push((self.texts.len() as u32, near as u16));
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, at: usize) -> (&str, usize) {
        let start = if at == 0 { 0 } else { self.ends[at - 1].0 };
        let (end, near) = self.ends[at];
        (&self.texts[start as usize..end as usize], usize::from(near))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut rest = self.texts.as_str();
        let mut start = 0;
        self.ends.iter().map(move |&(end, near)| {
            let (text, after) = rest.split_at((end - start) as usize);
            (rest, start) = (after, end);
            (text, usize::from(near))
        })
    }
}

/// A kind of text.
#[derive(Clone, Copy)]
pub(crate) enum Draw {
    Hit,
    /// A code with one other byte anywhere.
    Changed,
    /// A code with a suffix, such as `InternalError.NotFound`.
    Suffixed,
    /// A code of another service.
    Foreign,
}

impl Draw {
    /// Parses the value of `--draws`.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "hit" => Self::Hit,
            "changed" => Self::Changed,
            "suffixed" => Self::Suffixed,
            "foreign" => Self::Foreign,
            _ => return None,
        })
    }

    /// Returns a hit, or 1 time in 5 a miss of any kind.
    fn mixed(random: &mut Rng) -> Self {
        match random.usize(..15) {
            0 => Self::Changed,
            1 => Self::Suffixed,
            2 => Self::Foreign,
            _ => Self::Hit,
        }
    }
}

/// The codes from which texts are drawn.
pub(crate) struct Source {
    codes: &'static [&'static str],
    others: &'static [&'static str],
    ignore_case: bool,
    /// The codes, in lower case if case is ignored.
    known: FxHashSet<String>,
}

impl Source {
    pub(crate) fn new(codes: &'static [&'static str], others: &'static [&'static str], ignore_case: bool) -> Self {
        let known = codes.iter().map(|code| folded(code, ignore_case)).collect();
        Self { codes, others, ignore_case, known }
    }

    /// Returns the number of codes.
    pub(crate) fn count(&self) -> usize {
        self.codes.len()
    }

    /// Draws `count` texts of a kind, or of all kinds.
    pub(crate) fn draw(&self, count: usize, kind: Option<Draw>, random: &mut Rng) -> Draws {
        let mut draws = Draws::default();
        for _ in 0..count {
            let near = random.usize(..self.codes.len());
            let mut text = self.text(near, kind.unwrap_or_else(|| Draw::mixed(random)), random);
            if self.ignore_case {
                change_case(&mut text, random);
            }
            draws.push(&text, near);
        }
        draws
    }

    fn text(&self, near: usize, kind: Draw, random: &mut Rng) -> String {
        if let Draw::Hit = kind {
            return self.codes[near].to_owned();
        }
        loop {
            let text = self.miss(self.codes[near], kind, random);
            if !self.known.contains(&folded(&text, self.ignore_case)) {
                return text;
            }
        }
    }

    fn miss(&self, code: &str, kind: Draw, random: &mut Rng) -> String {
        let mut text = code.to_owned();
        let other = self.others[random.usize(..self.others.len())];
        match kind {
            Draw::Changed => {
                let at = random.usize(..text.len());
                text.replace_range(at..=at, random.alphanumeric().encode_utf8(&mut [0; 4]));
            }
            Draw::Suffixed => {
                text.push('.');
                text.push_str(other.split('.').next_back().unwrap_or(other));
            }
            Draw::Foreign => return other.to_owned(),
            Draw::Hit => {}
        }
        text
    }
}

fn folded(code: &str, ignore_case: bool) -> String {
    if ignore_case { code.to_ascii_lowercase() } else { code.to_owned() }
}

/// Changes every fourth text to lower case, and every fourth to upper case.
fn change_case(text: &mut str, random: &mut Rng) {
    match random.usize(..4) {
        0 => text.make_ascii_lowercase(),
        1 => text.make_ascii_uppercase(),
        _ => {}
    }
}
