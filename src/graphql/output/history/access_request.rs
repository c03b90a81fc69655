//! What events about access requests and restrictions changed, and how they are told.

use rollbook_schema::Event;

use super::changes::List;
use crate::graphql::id;

pub(super) fn list(list: &mut List<'_>, event: &Event) {
    let mut request = |position| list.clear("accessRequest", None, Some(id::of_event(position).0));
    match event {
        Event::AccessRequestOpened(e) => list.clear("dueAt", None, Some(e.due_at)),
        Event::AccessRequestExtended(e) => list.clear("dueAt", Some(e.from), Some(e.to)),
        Event::AccessRequestFulfilled(e) => request(e.request),
        Event::AccessRequestRefused(e) => request(e.request),
        Event::ProcessingRestricted(_) => list.clear("processingRestricted", Some(false), Some(true)),
        Event::RestrictionLifted(_) => list.clear("processingRestricted", Some(true), Some(false)),
        _ => {}
    }
}

pub(super) fn sentence(event: &Event, actor: &str, subject: &str) -> String {
    match event {
        Event::AccessRequestOpened(_) => format!("{actor} noted that {subject} asked for their file"),
        Event::AccessRequestExtended(_) => format!("{actor} extended the access request of {subject}"),
        Event::AccessRequestFulfilled(_) => format!("{actor} answered the access request of {subject}"),
        Event::AccessRequestRefused(_) => format!("{actor} refused the access request of {subject}"),
        Event::ProcessingRestricted(_) => {
            format!("{actor} restricted what is done with the data of {subject}")
        }
        Event::RestrictionLifted(_) => format!("{actor} lifted the restriction on the data of {subject}"),
        _ => format!("{actor} fetched the file of {subject}"),
    }
}
