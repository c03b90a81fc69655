//! What mails say, in English.

use rollbook_schema::value::MailTemplate;

use super::Words;

pub(super) fn words(template: MailTemplate) -> Words {
    let (subject, text) = match template {
        MailTemplate::Welcome => ("Welcome", WELCOME),
        MailTemplate::InitialPassword => ("Your first password", FIRST_PASSWORD),
        MailTemplate::WelcomeWithPassword => ("Welcome", FIRST_PASSWORD),
        MailTemplate::TemporaryPassword => ("Your temporary password", TEMPORARY_PASSWORD),
        MailTemplate::SupportLogin => ("Support works in your account", SUPPORT_LOGIN),
        MailTemplate::SignOffAsked => ("An approval is asked of you", SIGN_OFF_ASKED),
        MailTemplate::SignOffDecided => ("An approval was decided", SIGN_OFF_DECIDED),
    };
    Words { subject, text }
}

const WELCOME: &str = "\
Hello {{name}},

an account was made for you.

Sign in at: {{signInAt}}
Username:   {{username}}

Your password reaches you in another way. If you did not expect this mail, you need not do anything.
";

const FIRST_PASSWORD: &str = "\
Hello {{name}},

an account was made for you.

Sign in at: {{signInAt}}
Username:   {{username}}
Password:   {{password}}

The password opens your account once, until {{passwordExpiresAt}}; then you choose one of your own. If you did not expect this mail, you need not do anything.
";

const TEMPORARY_PASSWORD: &str = "\
Hello {{name}},

your password was replaced by a temporary one. The one before opens nothing any more.

Sign in at: {{signInAt}}
Username:   {{username}}
Password:   {{password}}

The password opens your account once, until {{passwordExpiresAt}}; then you choose one of your own. If you did not expect this mail, you need not do anything.
";

/// NOT-05.
const SUPPORT_LOGIN: &str = "\
Hello {{name}},

the support of your provider began to act as you, for an hour at most. All that is done stands in your history, with the reason.

To see it, or to end it, sign in at: {{signInAt}}
";

/// NOT-04. What is to be approved stays where it is.
const SIGN_OFF_ASKED: &str = "\
Hello {{name}},

an approval is asked of you.

To see it, sign in at: {{signInAt}}

Your preferences switch such mails off.
";

/// NOT-04.
const SIGN_OFF_DECIDED: &str = "\
Hello {{name}},

an approval was decided.

To see it, sign in at: {{signInAt}}

Your preferences switch such mails off.
";
