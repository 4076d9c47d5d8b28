//! A reader of JSON that keeps what `serde_json` drops: duplicate members, the text of each value,
//! unpaired surrogates, and what comes before an error.

/// A value and its text.
#[derive(Clone, Debug)]
pub(crate) struct Json<'a> {
    pub(crate) raw: &'a str,
    pub(crate) value: Value<'a>,
}

#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    /// The digits are in [`Json::raw`].
    Number,
    Text {
        /// An unpaired surrogate is U+FFFD.
        text: String,
        has_unpaired_surrogate: bool,
    },
    List(Vec<Json<'a>>),
    Object(Vec<Member<'a>>),
}

#[derive(Clone, Debug)]
pub(crate) struct Member<'a> {
    /// The key with its quotes and escapes.
    pub(crate) raw_key: &'a str,
    pub(crate) key: String,
    pub(crate) value: Json<'a>,
}

impl<'a> Json<'a> {
    /// Reads valid JSON.
    pub(crate) fn read(json: &'a str) -> Option<Self> {
        let mut reader = Reader { json, at: 0, keeps_last_number: true, has_failed: false };
        let value = reader.value()?;
        let is_complete = !reader.has_failed && reader.peek().is_none();
        is_complete.then_some(value)
    }

    /// Reads what comes before the first error, or the end of a truncated body.
    ///
    /// A number before the end or an error may be incomplete: `{"id": 12`.
    pub(crate) fn read_prefix(json: &'a str, keeps_last_number: bool) -> Option<Self> {
        Reader { json, at: 0, keeps_last_number, has_failed: false }.value()
    }

    pub(crate) fn members(&self) -> &[Member<'a>] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }

    pub(crate) fn elements(&self) -> &[Self] {
        if let Value::List(elements) = &self.value { elements } else { &[] }
    }

    /// Returns each value of a key: more than one if it is a duplicate.
    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = &Self> {
        self.members().iter().filter(move |member| member.key == key).map(|member| &member.value)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.all(key).next()
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text { text, .. } = &self.value { Some(text) } else { None }
    }

    pub(crate) fn number(&self) -> Option<&'a str> {
        matches!(self.value, Value::Number).then_some(self.raw)
    }

    /// Returns the digits of an integer within `i64` or `u64`. `-0` is not one.
    pub(crate) fn integer(&self) -> Option<&'a str> {
        self.number().filter(|digits| {
            let is_canonical = *digits != "-0";
            is_canonical && (digits.parse::<i64>().is_ok() || digits.parse::<u64>().is_ok())
        })
    }

    /// Returns the value with each list empty.
    pub(crate) fn without_elements(&self) -> Self {
        let mut json = self.clone();
        match &mut json.value {
            Value::List(elements) => elements.clear(),
            Value::Object(members) => {
                for member in members {
                    member.value = member.value.without_elements();
                }
            }
            _ => {}
        }
        json
    }

    /// Returns the number of levels of lists and objects.
    pub(crate) fn depth(&self) -> usize {
        let values = self.members().iter().map(|member| &member.value).chain(self.elements());
        values.map(Self::depth).max().map_or(0, |depth| depth + 1)
    }
}

struct Reader<'a> {
    json: &'a str,
    at: usize,
    keeps_last_number: bool,
    /// Whether an error was found. A container then has the members before it.
    has_failed: bool,
}

impl<'a> Reader<'a> {
    /// Returns the next byte after white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.json[self.at..];
        self.at = self.json.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.byte()
    }

    fn byte(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn fail<T>(&mut self) -> Option<T> {
        self.has_failed = true;
        None
    }

    fn value(&mut self) -> Option<Json<'a>> {
        let first = self.peek();
        let start = self.at;
        let value = match first {
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"') => self.text()?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.literal()?,
        };
        Some(Json { raw: &self.json[start..self.at], value })
    }

    fn literal(&mut self) -> Option<Value<'a>> {
        let literals = [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))];
        for (literal, value) in literals {
            if self.json[self.at..].starts_with(literal) {
                self.at += literal.len();
                return Some(value);
            }
        }
        self.fail()
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { self.fail() } else { Some(()) }
    }

    fn number(&mut self) -> Option<Value<'a>> {
        self.at += usize::from(self.byte() == Some(b'-'));
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        let is_delimited = matches!(self.byte(), Some(b' ' | b'\t' | b'\r' | b'\n' | b',' | b']' | b'}'));
        if is_delimited || self.keeps_last_number { Some(Value::Number) } else { self.fail() }
    }

    fn text(&mut self) -> Option<Value<'a>> {
        self.at += 1;
        let mut units = Vec::new();
        loop {
            let Some(char) = self.json[self.at..].chars().next() else { return self.fail() };
            self.at += char.len_utf8();
            match char {
                '"' => break,
                '\\' => units.push(self.escape()?),
                '\0'..='\u{1f}' => return self.fail(),
                char => units.extend_from_slice(char.encode_utf16(&mut [0; 2])),
            }
        }
        let has_unpaired_surrogate = String::from_utf16(&units).is_err();
        Some(Value::Text { text: String::from_utf16_lossy(&units), has_unpaired_surrogate })
    }

    fn escape(&mut self) -> Option<u16> {
        let Some(byte) = self.byte() else { return self.fail() };
        self.at += 1;
        let char = match byte {
            b'"' | b'\\' | b'/' => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let digits = self.json.get(self.at..self.at + 4);
                let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
                let Some(unit) = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) else {
                    return self.fail();
                };
                self.at += 4;
                return Some(unit);
            }
            _ => {
                // Back to a boundary of a character.
                self.at -= 1;
                return self.fail();
            }
        };
        Some(char.into())
    }

    fn list(&mut self) -> Value<'a> {
        self.at += 1;
        let mut elements = Vec::new();
        if self.skip(b']') {
            return Value::List(elements);
        }
        loop {
            elements.extend(self.value());
            if self.has_failed || self.skip(b']') {
                return Value::List(elements);
            }
            if !self.skip(b',') {
                self.has_failed = true;
                return Value::List(elements);
            }
        }
    }

    fn object(&mut self) -> Value<'a> {
        self.at += 1;
        let mut members = Vec::new();
        if self.skip(b'}') {
            return Value::Object(members);
        }
        loop {
            members.extend(self.member());
            if self.has_failed || self.skip(b'}') {
                return Value::Object(members);
            }
            if !self.skip(b',') {
                self.has_failed = true;
                return Value::Object(members);
            }
        }
    }

    fn member(&mut self) -> Option<Member<'a>> {
        if self.peek() != Some(b'"') {
            return self.fail();
        }
        let start = self.at;
        let Value::Text { text: key, .. } = self.text()? else { return self.fail() };
        let raw_key = &self.json[start..self.at];
        if !self.skip(b':') {
            return self.fail();
        }
        Some(Member { raw_key, key, value: self.value()? })
    }
}
