//! From the name of a field to the words of a command: `grantLicense` is `license grant`.
//!
//! The first word of a mutation is its verb, and a particle after it belongs to it (`addToBusinessUnit`
//! is `business-unit add-to`). The rest is the noun. Where there is no rest, the verb stands alone:
//! `bulk`, `sign-in`. A field of the query is listed or shown, so it is all noun: `users` is `user list`.

/// What belongs to the verb before it.
const PARTICLES: [&str; 17] = [
    "as", "at", "by", "down", "for", "from", "in", "into", "of", "off", "on", "onto", "out", "over", "to",
    "up", "with",
];
/// Parts one from the other in commands and flags.
const DASH: &str = "-";

/// The words of a command, as they are typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words {
    /// What it is about; `None` for a verb that stands alone.
    pub noun: Option<String>,
    /// What is done.
    pub verb: String,
}

/// How much a field of the query answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Rows.
    Rows,
    /// One thing.
    One,
}

impl Words {
    /// Of a mutation.
    #[must_use]
    pub fn of_mutation(field: &str) -> Words {
        let words = split(field);
        let particles = words.iter().skip(1).take_while(|word| PARTICLES.contains(&word.as_str())).count();
        let (verb, noun) = words.split_at(words.len().min(1 + particles));
        let noun = (!noun.is_empty()).then(|| noun.join(DASH));
        Words { noun, verb: verb.join(DASH) }
    }

    /// Of a field of the query.
    #[must_use]
    pub fn of_query(field: &str, many: Many) -> Words {
        let mut words = split(field);
        let verb = match many {
            Many::Rows => {
                words.last_mut().into_iter().for_each(|last| *last = singular(last));
                "list"
            }
            Many::One => "show",
        };
        Words { noun: Some(words.join(DASH)), verb: verb.to_owned() }
    }

    /// As they are typed after the program's name.
    pub fn typed(&self) -> impl Iterator<Item = &str> {
        self.noun.as_deref().into_iter().chain([self.verb.as_str()])
    }
}

/// `userId` is `user-id`.
pub(super) fn kebab(name: &str) -> String {
    split(name).join(DASH)
}

/// The words of a camel-case name, in small letters. Capitals in a row are one word.
pub(super) fn split(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_capital = true;
    for letter in name.chars() {
        let is_capital = letter.is_ascii_uppercase();
        match words.last_mut() {
            Some(word) if was_capital || !is_capital => word.push(letter.to_ascii_lowercase()),
            _ => words.push(letter.to_ascii_lowercase().to_string()),
        }
        was_capital = is_capital;
    }
    words
}

fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}
