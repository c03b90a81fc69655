//! The outbox.

use rollbook_schema::Position;
use rollbook_schema::event::{MailFailed, MailQueued, MailSent};
use rollbook_schema::value::{MailFault, MailTemplate};

use super::story::Story;
use crate::view::{MailState, Views};

#[test]
fn not_07_a_mail_waits_until_it_went_or_is_given_up() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    let template = MailTemplate::Welcome;
    let first = story.tell(MailQueued { user, template });
    let second = story.tell(MailQueued { user, template });
    let fault = MailFault::Deferred;
    story.tell(MailFailed { user, mail: first, attempt: 1, fault, gives_up: false });
    assert_eq!(story.views.mail.waiting().map(|row| row.mail).collect::<Vec<_>>(), [first, second]);
    story.tell(MailSent { user, mail: first, attempt: 2 });
    story.tell(MailFailed { user, mail: second, attempt: 1, fault: MailFault::Refused, gives_up: true });
    assert_eq!(story.views.mail.waiting().count(), 0);
    let states: Vec<_> = story.views.mail.of(user).map(|row| (row.state, row.attempts)).collect();
    assert_eq!(states, [(MailState::Sent, 2), (MailState::Failed, 1)]);
    assert!(story.views.mail.is_undeliverable(user));
    story.delete(user);
    assert!(!story.views.mail.is_undeliverable(user));
}

#[test]
fn not_07_a_rebuild_has_the_same_outbox_and_who_never_mailed_has_none() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    assert!(story.views.digests().iter().all(|(name, _)| *name != "mail"));
    let mail = story.tell(MailQueued { user, template: MailTemplate::Welcome });
    let before = story.views.mail.digest();
    story.tell(MailSent { user, mail, attempt: 1 });
    assert_ne!(story.views.mail.digest(), before);
    let mut rebuilt = Views::default();
    rebuilt.fold_all(&story.events);
    assert_eq!(rebuilt.digests(), story.views.digests());
}

#[test]
fn not_07_every_state_is_listed_newest_first_and_counted() {
    let mut story = Story::default();
    let user = story.create(8, "anna", "Anna");
    let mails: Vec<_> =
        (0..4).map(|_| story.tell(MailQueued { user, template: MailTemplate::Welcome })).collect();
    story.tell(MailSent { user, mail: mails[0], attempt: 1 });
    let fault = MailFault::Refused;
    story.tell(MailFailed { user, mail: mails[1], attempt: 1, fault, gives_up: true });
    let listed = |story: &Story, state, before| {
        let rows = story.views.mail.newest(state, before);
        rows.map(|row| row.mail).collect::<Vec<_>>()
    };
    let end = Position(u64::MAX);
    assert_eq!(listed(&story, None, end), [mails[3], mails[2], mails[1], mails[0]]);
    assert_eq!(listed(&story, None, mails[2]), [mails[1], mails[0]]);
    assert_eq!(listed(&story, Some(MailState::Waiting), end), [mails[3], mails[2]]);
    assert_eq!(listed(&story, Some(MailState::Sent), end), [mails[0]]);
    assert_eq!(listed(&story, Some(MailState::Failed), end), [mails[1]]);
    story.delete(user);
    assert_eq!(listed(&story, Some(MailState::Withdrawn), mails[3]), [mails[2]]);
    let states = [MailState::Waiting, MailState::Sent, MailState::Failed, MailState::Withdrawn];
    assert_eq!(states.map(|state| story.views.mail.count(state)), [0, 1, 1, 2]);
}
