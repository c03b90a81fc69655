//! The table (LST-02), its selection (LST-07), and its pages.

use maud::{Markup, html};

use super::bulk::ACTIONS;
use super::wish::{Column, Kind, PAGE_ROWS, Wish, with_pairs};
use super::{Found, OnlyName, Row, Users};
use crate::access::Capability;
use crate::console::parts::{badge, icon, picture, token};
use crate::console::visit::Visit;
use crate::console::words::{Text, frame, list as words};

pub(super) fn show(visit: &Visit, wish: &Wish, found: &Found, nothing_selected: bool) -> Markup {
    let tongue = visit.tongue();
    let users = &found.users;
    let manages = visit.holds(Capability::ManageUsers);
    html! {
        form.list method="post" action=(format!("{}/choose", wish.kind.path())) #list data-list {
            (token(visit))
            @for (name, value) in wish.pairs() {
                @if name != "sel" { input type="hidden" name=(name) value=(value); }
            }
            @let shown: Vec<&str> = users.nodes.iter().map(|row| row.id.as_str()).collect();
            @let elsewhere: Vec<&String> = wish.selected.iter().filter(|user| !shown.contains(&user.as_str())).collect();
            @for user in &elsewhere { input type="hidden" name="sel" value=(user); }
            @if nothing_selected {
                p.refused role="alert" { (icon("warning")) (words::NOTHING_SELECTED.to(tongue)) }
            }
            div.over-table {
                p.count aria-live="polite" data-live="count" data-head=(visit.directory().reached()) { (count(visit, users.total_count)) }
                @if manages && !users.nodes.is_empty() { (bulk(visit, elsewhere.len())) }
                div.tools { (columns(visit, wish)) (csv(visit, wish)) }
            }
            div data-live="rows" { (rows(visit, wish, users, manages)) }
        }
    }
}

fn rows(visit: &Visit, wish: &Wish, users: &Users, manages: bool) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if users.nodes.is_empty() {
            div.empty { h2 { (words::NOBODY.to(tongue)) } p.soft { (words::NOBODY_TEXT.to(tongue)) } }
        } @else {
            div.table-frame tabindex="0" role="region" aria-label=(super::head::title(wish.kind).to(tongue)) {
                table {
                    thead { (heads(visit, wish, manages)) }
                    tbody { @for row in &users.nodes { (line(visit, wish, row, manages)) } }
                }
            }
            (pages(visit, wish, users))
        }
    }
}

fn count(visit: &Visit, total: u64) -> String {
    match total {
        1 => words::COUNT_ONE.to(visit.tongue()).to_owned(),
        _ => words::COUNT.with(visit.tongue(), &[("count", &visit.number(total))]),
    }
}

fn heads(visit: &Visit, wish: &Wish, manages: bool) -> Markup {
    let tongue = visit.tongue();
    let finds = visit.holds(Capability::FindPeople);
    html! {
        tr {
            @if manages { th.pick scope="col" { span.unseen { (words::SELECTED.to(tongue)) } } }
            @for (column, name, text, sort) in Column::ALL {
                @if wish.shows(column) {
                    @let text = heading(wish, column, text);
                    @let is_personal = matches!(column, Column::Username | Column::Name | Column::Email);
                    @let is_sorted = wish.sort == Some(name) || (wish.sort.is_none() && column == Column::Name && finds);
                    th scope="col" data-column=(name)
                        aria-sort=[is_sorted.then_some(if wish.descending { "descending" } else { "ascending" })] {
                        @if sort.is_some() && (finds || !is_personal) {
                            @let there = Wish { sort: Some(name), descending: is_sorted && !wish.descending, ..wish.at_start() };
                            a href=(there.address()) { (text.to(tongue)) }
                        } @else { (text.to(tongue)) }
                    }
                }
            }
            @if manages { th.edit scope="col" { span.unseen { (words::EDIT.to(tongue)) } } }
        }
    }
}

/// What stands over a column, and before its cells where there is room for one column only.
fn heading(wish: &Wish, column: Column, text: Text) -> Text {
    if column == Column::Id && wish.kind == Kind::Clients { words::COLUMN_CLIENT_ID } else { text }
}

fn line(visit: &Visit, wish: &Wish, row: &Row, manages: bool) -> Markup {
    let tongue = visit.tongue();
    let person = format!("/people/{}", row.id);
    html! {
        tr data-inactive[!row.active] {
            @if manages {
                td.pick { input type="checkbox" name="sel" value=(row.id) checked[wish.selected.contains(&row.id)]
                    aria-label=(words::SELECT.with(tongue, &[("name", &row.label)])); }
            }
            @for (column, name, text, _) in Column::ALL {
                @if wish.shows(column) {
                    td data-column=(name) data-label=(heading(wish, column, text).to(tongue)) { (cell(visit, row, column, &person)) }
                }
            }
            @if manages {
                td.edit { @if row.editable {
                    a href=(format!("{person}/edit")) aria-label=(words::EDIT_OF.with(tongue, &[("name", &row.label)])) {
                        (words::EDIT.to(tongue))
                    }
                } }
            }
        }
    }
}

fn cell(visit: &Visit, row: &Row, column: Column, person: &str) -> Markup {
    let tongue = visit.tongue();
    let word = |is: bool| if is { frame::YES.to(tongue) } else { frame::NO.to(tongue) };
    match column {
        Column::Id => html! { a.code href=(person) { (row.id) } },
        Column::Username => html! { @if let Some(username) = &row.username { bdi { (username) } } },
        Column::Name => html! {
            a.who href=(person) {
                (picture(&row.label, row.avatar_url.as_deref()))
                bdi { (row.label) }
            }
        },
        Column::Email => html! { @if let Some(email) = &row.email { bdi { (email) } } },
        Column::Role => joined(&row.roles),
        Column::Unit => joined(&row.business_units),
        Column::Active if row.active => html! { (word(true)) },
        Column::Active => badge("quiet", word(false)),
        Column::Locked if row.locked => badge("bad", word(true)),
        Column::Locked => html! { span.soft { (word(false)) } },
        Column::In => {
            html! { @if let Some(at) = &row.last_sign_in_at { time datetime=(at) { (visit.moment(at)) } } }
        }
        Column::Out => {
            html! { @if let Some(at) = &row.last_sign_out_at { time datetime=(at) { (visit.moment(at)) } } }
        }
    }
}

/// Several names in one cell (ROL-10); of many, the first and how many more.
fn joined(all: &[OnlyName]) -> Markup {
    let names: Vec<&str> = all.iter().filter_map(|one| one.name.as_deref()).collect();
    let shown = names.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    html! {
        @if !names.is_empty() {
            span title=[(names.len() > 3).then(|| names.join(", "))] {
                bdi { (shown) }
                @if names.len() > 3 { span.soft { " +" (names.len() - 3) } }
            }
        }
    }
}

/// What is done with those who are selected.
fn bulk(visit: &Visit, elsewhere: usize) -> Markup {
    let tongue = visit.tongue();
    html! {
        div.bulk data-bulk {
            label for="action" { (words::SELECTED.to(tongue)) }
            @if elsewhere > 0 {
                span.soft { (words::SELECTED_ELSEWHERE.with(tongue, &[("count", &elsewhere.to_string())])) }
                button.link type="submit" name="turn" value="none:" { (words::FORGET_SELECTION.to(tongue)) }
            }
            select #action name="action" {
                option value="" { (words::CHOOSE_ACTION.to(tongue)) }
                @for action in ACTIONS.iter().filter(|action| visit.holds(action.needs)) {
                    option value=(action.name) { (action.text.to(tongue)) }
                }
            }
            button type="submit" { (words::GO_ON.to(tongue)) }
        }
    }
}

/// Which columns are shown: links, since the choice is part of the address.
fn columns(visit: &Visit, wish: &Wish) -> Markup {
    let tongue = visit.tongue();
    html! {
        details.menu data-menu {
            summary.button.small { (words::COLUMNS.to(tongue)) (icon("down")) }
            ul.sheet.columns {
                @for (column, _, text, _) in Column::ALL {
                    @let toggled = Column::ALL.iter().map(|(known, ..)| *known)
                        .filter(|known| wish.shows(*known) != (*known == column)).collect::<Vec<_>>();
                    @let columns = if toggled.len() == Column::ALL.len() { Vec::new() } else { toggled };
                    // One column stays.
                    @if wish.shows(column) && columns.is_empty() {
                        li { span aria-current="true" { (text.to(tongue)) } }
                    } @else {
                        li { a href=(Wish { columns, ..wish.clone() }.address())
                            aria-current=[wish.shows(column).then_some("true")] { (text.to(tongue)) } }
                    }
                }
            }
        }
    }
}

fn csv(visit: &Visit, wish: &Wish) -> Markup {
    let mut pairs = wish.at_start().pairs();
    pairs.retain(|(name, _)| !matches!(*name, "sel" | "col" | "rows"));
    let address = with_pairs(&format!("{}.csv", wish.kind.path()), &pairs);
    html! { a.button.small href=(address) download="users.csv" { (words::CSV.to(visit.tongue())) } }
}

/// Buttons and not links, so that the selection comes along. How many rows a page has is part of the address.
fn pages(visit: &Visit, wish: &Wish, users: &Users) -> Markup {
    let (tongue, info) = (visit.tongue(), &users.page_info);
    let turn = |value: String, text: &str, open: bool| {
        html! { button.small type="submit" name="turn" value=(value) disabled[!open] { (text) } }
    };
    let after = info.end_cursor.as_deref().unwrap_or_default();
    let before = info.start_cursor.as_deref().unwrap_or_default();
    html! {
        @if info.has_next_page || info.has_previous_page {
            nav.pages aria-label=(words::PAGES.to(tongue)) {
                (turn("first:".to_owned(), words::FIRST_PAGE.to(tongue), info.has_previous_page))
                (turn(format!("before:{before}"), words::PREVIOUS.to(tongue), info.has_previous_page))
                (turn(format!("after:{after}"), words::NEXT.to(tongue), info.has_next_page))
                (turn("last:".to_owned(), words::LAST_PAGE.to(tongue), info.has_next_page))
            }
        }
        @if users.total_count > u64::from(PAGE_ROWS[0].unsigned_abs()) {
            nav.sizes aria-label=(words::ROWS.to(tongue)) {
                span.soft { (words::ROWS.to(tongue)) }
                @for rows in PAGE_ROWS {
                    a href=(Wish { rows, ..wish.at_start() }.address())
                        aria-current=[(wish.rows == rows).then_some("true")] { (rows) }
                }
            }
        }
    }
}
