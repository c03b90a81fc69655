//! The outbox.

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
