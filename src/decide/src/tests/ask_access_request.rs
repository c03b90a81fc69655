//! Commands about access requests and restrictions in few words.

use rollbook_schema::command::{
    ExtendAccessRequest, FetchPersonFile, FulfilAccessRequest, LiftRestriction, OpenAccessRequest,
    RefuseAccessRequest, RestrictProcessing,
};
use rollbook_schema::event::FileForm;
use rollbook_schema::{Position, UserId};

pub(crate) fn open_request(user: u64) -> OpenAccessRequest {
    OpenAccessRequest { user: UserId(user) }
}

pub(crate) fn extend_request(user: u64, request: u64) -> ExtendAccessRequest {
    ExtendAccessRequest { user: UserId(user), request: Position(request) }
}

pub(crate) fn fulfil(user: u64, request: u64) -> FulfilAccessRequest {
    FulfilAccessRequest { user: UserId(user), request: Position(request) }
}

pub(crate) fn refuse_request(user: u64, request: u64) -> RefuseAccessRequest {
    RefuseAccessRequest { user: UserId(user), request: Position(request) }
}

pub(crate) fn fetch_file(user: u64) -> FetchPersonFile {
    FetchPersonFile { user: UserId(user), form: FileForm::Json }
}

pub(crate) fn restrict(user: u64) -> RestrictProcessing {
    RestrictProcessing { user: UserId(user) }
}

pub(crate) fn lift_restriction(user: u64) -> LiftRestriction {
    LiftRestriction { user: UserId(user) }
}
