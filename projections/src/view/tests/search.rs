//! Search: what it finds, and that it finds just what comparing every text would.

use super::list::holds;
use super::story::{Story, for_stories};
use crate::view::fold_text::fold_text;
use crate::view::{DeletedFilter, UserFilter, UserOrder, UserQuery, Window};

fn found(story: &Story, text: &str) -> Vec<u64> {
    let query = UserQuery {
        filter: UserFilter {
            text: Some(text.to_owned()),
            deleted: DeletedFilter::Included,
            ..UserFilter::default()
        },
        order: UserOrder::Id,
        direction: Default::default(),
        window: Window::After(None, usize::MAX),
    };
    story.views.users.page(&query).unwrap().rows.iter().map(|row| row.row.id.0).collect()
}

#[test]
fn search_equals_comparing_every_text() {
    for_stories(|u| {
        let story = Story::random(u)?;
        let rows: Vec<_> = story.views.users.iter().collect();
        if rows.is_empty() {
            return Ok(());
        }
        // A piece of a text that is there, so that longer words are found too.
        let row = rows[u.choose_index(rows.len())?];
        let text = if u.arbitrary()? { row.email() } else { row.username() };
        let chars: Vec<char> = text.unwrap_or_default().chars().collect();
        let from = u.int_in_range(0..=chars.len())?;
        let to = u.int_in_range(from..=chars.len())?;
        let text: String = chars[from..to].iter().collect();
        let folded = fold_text(&text);
        let expected: Vec<u64> = rows
            .iter()
            .filter(|row| folded.split_whitespace().all(|word| holds(row, word)))
            .map(|row| row.id.0)
            .collect();
        assert_eq!(found(&story, &text), expected);
        Ok(())
    });
}

#[test]
fn a_word_without_diacritics_finds_the_name_with_them() {
    let mut story = Story::default();
    story.create(8, "jg", "José Groß");
    story.create(9, "joe", "Jose Gross");
    assert_eq!(found(&story, "JOSE"), [8, 9]);
    assert_eq!(found(&story, "josé"), [8]);
    assert_eq!(found(&story, "gross"), [8, 9]);
}

#[test]
fn all_words_must_be_there_in_any_order() {
    let mut story = Story::default();
    story.create(8, "as", "Anna Smith");
    story.create(9, "al", "Anna Li");
    assert_eq!(found(&story, "smi ann"), [8]);
    assert_eq!(found(&story, " \t "), [8, 9]);
}

#[test]
fn a_word_is_not_found_where_only_its_pieces_are() {
    let mut story = Story::default();
    story.create(8, "one", "abcd bcde");
    story.create(9, "two", "abcde");
    assert_eq!(found(&story, "abcde"), [9]);
}

#[test]
fn an_address_is_found_across_its_at_sign() {
    let mut story = Story::default();
    story.create_with(8, "one", "anna@example.org", "One");
    story.create_with(9, "anna", "two@example.org", "Two");
    assert_eq!(found(&story, "anna@exam"), [8]);
    assert_eq!(found(&story, "@example.o"), [8, 9]);
    assert_eq!(found(&story, "xample"), [8, 9]);
}

#[test]
fn a_masked_login_is_found_by_its_mask_only() {
    let mut story = Story::default();
    let user = story.create(8, "john.peter", "A Client");
    story.mask(user);
    assert!(found(&story, "peter").is_empty());
    assert!(found(&story, "example.org").is_empty());
    assert_eq!(found(&story, "unknown"), [8]);
}
