//! Says where a user is kept. An LDAP user is changed there only (`managed_elsewhere`).

use rollbook_schema::command::ChangeSource;
use rollbook_schema::event::SourceChanged;

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &ChangeSource) -> Outcome {
    asked.user(command.user)?;
    // Nobody shuts themselves out of what only they may do.
    asked.spares_own_account(command.user)?;
    let (user, from, to) = (command.user, asked.models.sources.of(command.user), command.source);
    Ok(if from == to { Vec::new() } else { vec![SourceChanged { user, from, to }.into()] })
}

#[cfg(test)]
mod cases {
    use rollbook_schema::value::UserSource;

    use crate::tests::*;

    #[test]
    fn a_user_is_kept_elsewhere_and_here_again() {
        Directory::small()
            .when(source(8, UserSource::Ldap), expect!["SourceChanged user=8 from=LOCAL to=LDAP"])
            .when(source(8, UserSource::Ldap), expect!["nothing"])
            .when(source(8, UserSource::Local), expect!["SourceChanged user=8 from=LDAP to=LOCAL"])
            .when(source(99, UserSource::Ldap), expect!["refused: NOT_FOUND@id"])
            .by(8)
            .when(source(8, UserSource::Ldap), expect!["refused: OWN_ACCOUNT"]);
    }
}
