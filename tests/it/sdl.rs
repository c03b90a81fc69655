//! The SDL that is committed is the one that is served.

#[test]
fn the_committed_sdl_is_the_schema() {
    expect_test::expect_file!["../../schema/graphql/rollbook.graphql"].assert_eq(&rollbook::graphql::sdl());
}
