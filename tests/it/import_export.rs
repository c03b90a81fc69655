//! An export such as an HR system makes, from a seed: names in many scripts, and rows that are bad in
//! known ways.

use std::collections::BTreeMap;

/// One way to be bad, and what the row must be told: field and code.
const FAULTS: [(&str, &str, &str); 10] = [
    ("no email", "email", "REQUIRED"),
    ("no at", "email", "INVALID"),
    ("email of another row", "email", "EMAIL_TAKEN"),
    ("username of another row", "username", "USERNAME_TAKEN"),
    ("look-alike username", "username", "INVALID"),
    ("no name", "fullName", "REQUIRED"),
    ("long name", "firstName", "TOO_LONG"),
    ("fields missing", "-", "INVALID"),
    ("open quote", "-", "INVALID"),
    ("not UTF-8", "lastName", "INVALID"),
];

const FIRST: [&str; 12] =
    ["Ada", "Jörg", "Zoë", "Łukasz", "Мария", "Γιώργος", "محمد", "שרה", "महेश", "小明", "さくら", "지훈"];
const LAST: [&str; 12] =
    ["Byron", "Müller", "O'Neill", "Żak", "Иванова", "Παππάς", "العلي", "כהן", "शर्मा", "王", "田中", "김"];

/// A file and what must be said about it.
pub struct Export {
    pub bytes: Vec<u8>,
    /// By line: `field code`.
    pub bad: BTreeMap<u64, String>,
    pub rows: u64,
}

/// `rows` rows, `bad` of them bad, every way of being bad as often as the others.
pub fn export(seed: u64, rows: u64, bad: u64) -> Export {
    let mut random = Random(seed);
    let mut bad_rows: BTreeMap<u64, usize> = BTreeMap::new();
    while (bad_rows.len() as u64) < bad {
        // Never the first ten: they are whom duplicates repeat.
        let row = 10 + random.below(rows - 10);
        let next = bad_rows.len();
        bad_rows.entry(row).or_insert(next % FAULTS.len());
    }
    let mut bytes =
        b"Employee Number,E-Mail,Login,First Name,Surname,Job Title,Department,Phone\r\n".to_vec();
    for row in 0..rows {
        bytes.extend_from_slice(&line(&mut random, row, bad_rows.get(&row).copied()));
        bytes.extend_from_slice(b"\r\n");
    }
    let told = |(row, fault): (&u64, &usize)| (row + 2, format!("{} {}", FAULTS[*fault].1, FAULTS[*fault].2));
    Export { bytes, bad: bad_rows.iter().map(told).collect(), rows }
}

fn line(random: &mut Random, row: u64, fault: Option<usize>) -> Vec<u8> {
    let mut email = format!("person{row}@example.com");
    let mut username = format!("person.{row}");
    let mut first = FIRST[random.below(12) as usize].to_owned();
    let mut last = format!("\"{}, {}\"", LAST[random.below(12) as usize], LAST[random.below(12) as usize]);
    let other = random.below(10);
    let fault = fault.map(|fault| FAULTS[fault].0);
    match fault {
        Some("no email") => email = String::new(),
        Some("no at") => email = format!("person{row}.example.com"),
        Some("email of another row") => email = format!(" PERSON{other}@Example.COM "),
        Some("username of another row") => username = format!("Person.{other}"),
        // The third letter is Cyrillic.
        Some("look-alike username") => username = format!("pe\u{0433}son.{row}"),
        Some("no name") => (first, last) = (String::new(), " ".to_owned()),
        Some("long name") => first = "x".repeat(201),
        Some("open quote") => last = "\"Byron".to_owned(),
        _ => {}
    }
    if fault == Some("fields missing") {
        return format!("{row},{email}").into_bytes();
    }
    let mut line = format!("{row},{email},{username},{first},").into_bytes();
    line.extend_from_slice(if fault == Some("not UTF-8") { b"M\xFCller" } else { last.as_bytes() });
    line.extend_from_slice(b",Clerk,Sales,+49 30 1");
    line
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }
}
