//! Records that history was read, at a bounded rate: once an hour for each reader, person and way, and not
//! more than a thousand persons; what goes beyond is recorded once, as everybody's.

use rollbook_schema::command::RecordReading;
use rollbook_schema::event::HistoryRead;
use rollbook_schema::{Rejection, RejectionCode};

use crate::asked::Asked;
use crate::refusal::Outcome;

pub(crate) fn decide(asked: &Asked<'_>, command: &RecordReading) -> Outcome {
    let RecordReading { user, way } = *command;
    // Whoever was deleted has a history still.
    if user.is_some_and(|user| asked.models.users.get(user).is_none()) {
        return Err(Rejection::of("id", RejectionCode::NotFound).into());
    }
    let due = asked.models.readings.due(asked.envelope.actor.id, (user, way), asked.moment.now);
    Ok(due.map(|(user, way)| HistoryRead { user, way }.into()).into_iter().collect())
}

#[cfg(test)]
mod cases {
    use rollbook_projections::readings::READINGS_PER_HOUR_MAX;
    use rollbook_schema::UserId;
    use rollbook_schema::event::ReadingWay;

    use super::RecordReading;
    use crate::tests::*;

    const HOUR: i64 = 3_600_000;

    fn read(user: Option<u64>, way: ReadingWay) -> RecordReading {
        RecordReading { user: user.map(UserId), way }
    }

    #[test]
    fn his_04_a_reading_is_recorded_once_an_hour_for_each_reader_person_and_way() {
        let mut directory = Directory::small();
        directory
            .by(8)
            .when(read(Some(9), ReadingWay::Page), expect!["HistoryRead user=9 way=PAGE"])
            .when(read(Some(9), ReadingWay::Page), expect!["nothing"])
            .when(read(Some(9), ReadingWay::Export), expect!["HistoryRead user=9 way=EXPORT"])
            .when(read(None, ReadingWay::Page), expect!["HistoryRead way=PAGE"])
            .when(read(Some(10), ReadingWay::Page), expect!["refused: NOT_FOUND@id"]);
        directory.by(10).when(read(Some(9), ReadingWay::Page), expect!["HistoryRead user=9 way=PAGE"]);
        directory
            .by(8)
            .after_millis(HOUR)
            .when(read(Some(9), ReadingWay::Page), expect!["HistoryRead user=9 way=PAGE"]);
    }

    #[test]
    fn the_history_of_nobody_is_not_read() {
        Directory::small().by(8).when(read(Some(99), ReadingWay::Page), expect!["refused: NOT_FOUND@id"]);
    }

    #[test]
    fn whoever_reads_of_very_many_is_recorded_once_more_and_no_further() {
        let mut directory = Directory::small();
        let last = READINGS_PER_HOUR_MAX as u64 + 20;
        while directory.models.users.next_id().0 <= last + 1 {
            let name = format!("n{}", directory.models.users.next_id());
            directory.given(agent(&name));
        }
        directory.by(8);
        let first = directory.log.len();
        for user in 8..=last {
            directory.ask(&read(Some(user), ReadingWay::Page).into());
        }
        assert_eq!(directory.log.len() - first, READINGS_PER_HOUR_MAX + 1);
        directory
            .when(read(None, ReadingWay::Page), expect!["nothing"])
            .when(read(Some(8), ReadingWay::Page), expect!["nothing"]);
    }
}
