//! Who reports to whom.

use rollbook_schema::UserId;
use rollbook_schema::event::ReportingLineChanged;

use super::story::Story;

#[test]
fn pro_05_lines_are_read_both_ways_until_who_reports_is_deleted() {
    let mut story = Story::default();
    let (anna, bo) = (story.create(8, "anna", "Anna"), story.create(9, "bo", "Bo"));
    let below = |story: &Story| story.views.reporting.below(bo).collect::<Vec<UserId>>();
    story.tell(ReportingLineChanged { user: anna, from: None, to: Some(bo) });
    assert_eq!(story.views.reporting.above(anna), Some(bo));
    assert_eq!(below(&story), [anna]);
    story.delete(anna);
    assert_eq!(story.views.reporting.above(anna), None);
    assert!(below(&story).is_empty());
}
