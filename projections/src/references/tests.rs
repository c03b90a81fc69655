//! Whom texts name, and how a source is added.

use rollbook_schema::{Event, UserId};

use super::words::{names, words};
use super::{NamedBy, Reference, ReferenceSource, Referrer, Wanted, find};

#[test]
fn ref_03_a_name_is_a_whole_word() {
    let stands = |text: &str| names(text, "john.peter");
    assert!(
        ["john.peter", "ask john.peter.", "owner = 'john.peter'", "(john.peter)", "@john.peter: hello"]
            .into_iter()
            .all(stands)
    );
    let others = ["john.peterson", "xjohn.peter", "john.peter@example.com", "john.peter-smith", "john peter"];
    assert!(!others.into_iter().any(stands));
}

#[test]
fn ref_05_a_name_of_several_words_stands_as_it_is() {
    let name = "cn=john peter,ou=staff";
    assert!(names("member of cn=john peter,ou=staff;", name));
    assert!(!names("cn=john peter,ou=staffing", name));
}

#[test]
fn words_begin_and_end_with_a_letter_or_digit() {
    let found: Vec<&str> = words("-a.b@c.de, «x_1»… 'ümläut' ._-").collect();
    assert_eq!(found, ["a.b@c.de", "x_1", "ümläut"]);
}

#[test]
fn ref_06_what_is_missing_or_blank_is_not_searched() {
    let named = [(NamedBy::FederationId, None), (NamedBy::CcaFederationId, Some("  "))];
    let wanted = Wanted::new(UserId(8), named);
    let texts: Vec<&str> = wanted.texts().map(|(_, text)| text).collect();
    assert_eq!(texts, ["user_8", "8"]);
}

/// A module that the search knows nothing of.
struct Watchers;

impl ReferenceSource for Watchers {
    fn fold(&mut self, _event: &Event) {}

    fn find(&self, wanted: &Wanted, found: &mut Vec<Reference>) {
        let by = Referrer::ReportingLine { of: wanted.user() };
        found.push(Reference { by, named_by: NamedBy::UserId, recycled: false });
    }
}

#[test]
fn ref_16_a_new_source_needs_no_change_in_the_search() {
    let wanted = Wanted::new(UserId(8), []);
    assert_eq!(find(&[&Watchers, &Watchers], &wanted).len(), 2);
}
