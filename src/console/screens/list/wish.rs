//! What the reader wants of a list: view, filters, order, page and columns. It is the address, both ways.

use serde_json::{Value, json};

use crate::console::form::Fields;
use crate::console::page::Place;
use crate::console::visit::encoded;
use crate::console::words::{Text, list as words};

/// Rows that a page can have.
pub(super) const PAGE_ROWS: [i32; 3] = [25, PAGE_ROWS_DEFAULT, 100];
/// Rows of a page, if nothing is said.
const PAGE_ROWS_DEFAULT: i32 = 50;
/// Most users that a selection holds: as many as one bulk command takes.
pub(super) const SELECTED_MAX: usize = 500;
/// Most columns that an address names.
const COLUMNS_MAX: usize = 10;

/// Whose list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::console) enum Kind {
    Agents,
    Clients,
}

impl Kind {
    pub fn path(self) -> &'static str {
        match self {
            Kind::Agents => "/agents",
            Kind::Clients => "/clients",
        }
    }

    pub fn place(self) -> Place {
        match self {
            Kind::Agents => Place::Agents,
            Kind::Clients => Place::Clients,
        }
    }

    /// As the schema names it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Agents => "AGENT",
            Kind::Clients => "CLIENT",
        }
    }
}

/// Which of them (LST-04); whoever is active, if nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    #[default]
    Active,
    Inactive,
    Locked,
    All,
}

impl View {
    pub const ALL: [(View, &'static str, Text); 4] = [
        (View::Active, "active", words::VIEW_ACTIVE),
        (View::Inactive, "inactive", words::VIEW_INACTIVE),
        (View::Locked, "locked", words::VIEW_LOCKED),
        (View::All, "all", words::VIEW_ALL),
    ];
}

/// A column of the table (LST-02), in the order that is the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Username,
    Name,
    Email,
    Role,
    Unit,
    Active,
    Locked,
    In,
    Out,
}

impl Column {
    /// Each with its name in an address, its head, and what it can be ordered by.
    pub const ALL: [(Column, &'static str, Text, Option<&'static str>); COLUMNS_MAX] = [
        (Column::Id, "id", words::COLUMN_ID, Some("ID")),
        (Column::Username, "username", words::COLUMN_USERNAME, Some("USERNAME")),
        (Column::Name, "name", words::COLUMN_NAME, Some("DISPLAY_NAME")),
        (Column::Email, "email", words::COLUMN_EMAIL, Some("EMAIL")),
        (Column::Role, "role", words::COLUMN_ROLE, None),
        (Column::Unit, "unit", words::COLUMN_UNIT, None),
        (Column::Active, "active", words::COLUMN_ACTIVE, None),
        (Column::Locked, "locked", words::COLUMN_LOCKED, None),
        (Column::In, "in", words::COLUMN_IN, Some("LAST_SIGN_IN_AT")),
        (Column::Out, "out", words::COLUMN_OUT, None),
    ];
}

/// The filters, each by its name in an address.
pub(super) const FILTERS: [&str; 5] = ["role", "unit", "team", "license", "segment"];

/// All of it.
#[derive(Clone)]
pub(super) struct Wish {
    pub kind: Kind,
    pub view: View,
    /// Words to find.
    pub text: String,
    /// Filter and value, of those that are set.
    pub filters: Vec<(&'static str, String)>,
    /// What it is ordered by; `None`: as the list is by itself.
    pub sort: Option<&'static str>,
    pub descending: bool,
    pub window: Window,
    /// Rows of a page: one of [`PAGE_ROWS`].
    pub rows: i32,
    /// The columns that are shown; empty: all.
    pub columns: Vec<Column>,
    /// Users who are selected, by id.
    pub selected: Vec<String>,
}

/// Which page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Window {
    First,
    After(String),
    Before(String),
    Last,
}

impl Wish {
    pub fn of(kind: Kind, fields: &Fields) -> Wish {
        let view = View::ALL.iter().find(|(_, name, _)| *name == fields.text("view"));
        let filters = FILTERS.iter().filter_map(|name| Some((*name, fields.given(name)?.to_owned())));
        let sortable = Column::ALL.iter().filter_map(|(_, name, _, sort)| sort.map(|sort| (*name, sort)));
        let sort = sortable.clone().find(|(name, _)| *name == fields.text("sort"));
        let rows = PAGE_ROWS.iter().find(|rows| rows.to_string() == fields.text("rows"));
        let window = match (fields.given("after"), fields.given("before")) {
            (Some(after), _) => Window::After(after.to_owned()),
            (None, Some(before)) => Window::Before(before.to_owned()),
            (None, None) if fields.text("page") == "last" => Window::Last,
            (None, None) => Window::First,
        };
        let columns =
            Column::ALL.iter().filter(|(_, name, ..)| fields.all("col").any(|chosen| chosen == *name));
        let mut selected: Vec<String> = Vec::new();
        for user in fields.all("sel").filter(|user| is_user(user)) {
            if selected.len() < SELECTED_MAX && !selected.iter().any(|known| known == user) {
                selected.push(user.to_owned());
            }
        }
        Wish {
            kind,
            view: view.map(|(view, ..)| *view).unwrap_or_default(),
            text: fields.text("q").trim().to_owned(),
            filters: filters.collect(),
            sort: sort.map(|(name, _)| name),
            descending: fields.text("dir") == "desc",
            window,
            rows: rows.copied().unwrap_or(PAGE_ROWS_DEFAULT),
            columns: columns.map(|(column, ..)| *column).collect(),
            selected,
        }
    }

    pub fn filter_value(&self, name: &str) -> &str {
        self.filters.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    pub fn shows(&self, column: Column) -> bool {
        self.columns.is_empty() || self.columns.contains(&column)
    }

    /// As pairs of an address: what is as it is by itself is left out. The page and the selection come last.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let view = View::ALL.iter().find(|(view, ..)| *view == self.view);
        if let Some((_, name, _)) = view.filter(|_| self.view != View::Active) {
            pairs.push(("view", (*name).to_owned()));
        }
        if !self.text.is_empty() {
            pairs.push(("q", self.text.clone()));
        }
        pairs.extend(self.filters.iter().cloned());
        if let Some(sort) = self.sort {
            pairs.push(("sort", sort.to_owned()));
        }
        if self.descending {
            pairs.push(("dir", "desc".to_owned()));
        }
        if self.rows != PAGE_ROWS_DEFAULT {
            pairs.push(("rows", self.rows.to_string()));
        }
        let chosen = Column::ALL.iter().filter(|(column, ..)| self.columns.contains(column));
        pairs.extend(chosen.map(|(_, name, ..)| ("col", (*name).to_owned())));
        match &self.window {
            Window::First => {}
            Window::After(cursor) => pairs.push(("after", cursor.clone())),
            Window::Before(cursor) => pairs.push(("before", cursor.clone())),
            Window::Last => pairs.push(("page", "last".to_owned())),
        }
        pairs.extend(self.selected.iter().map(|user| ("sel", user.clone())));
        pairs
    }

    pub fn address(&self) -> String {
        with_pairs(self.kind.path(), &self.pairs())
    }

    /// The same list from its beginning, for whoever changes what is in it.
    pub fn at_start(&self) -> Wish {
        Wish { window: Window::First, ..self.clone() }
    }

    /// The filter as the schema takes it.
    pub fn filter(&self) -> Value {
        let mut filter = json!({ "kind": self.kind.name() });
        match self.view {
            View::Active => filter["active"] = json!(true),
            View::Inactive => filter["active"] = json!(false),
            View::Locked => filter["locked"] = json!(true),
            View::All => {}
        }
        if !self.text.is_empty() {
            filter["text"] = json!(self.text);
        }
        for (name, value) in &self.filters {
            let name = match *name {
                "unit" => "businessUnit",
                name => name,
            };
            filter[name] = json!(value);
        }
        filter
    }

    pub fn order(&self) -> Option<Value> {
        let (.., field) = Column::ALL.iter().find(|(_, name, ..)| Some(*name) == self.sort)?;
        Some(json!({ "field": (*field)?, "direction": if self.descending { "DESC" } else { "ASC" } }))
    }

    /// The variables of the page.
    pub fn variables(&self) -> Value {
        let (mut first, mut after, mut last, mut before) = (None, None, None, None);
        match &self.window {
            Window::First => first = Some(self.rows),
            Window::After(cursor) => (first, after) = (Some(self.rows), Some(cursor)),
            Window::Before(cursor) => (last, before) = (Some(self.rows), Some(cursor)),
            Window::Last => last = Some(self.rows),
        }
        json!({
            "filter": self.filter(), "orderBy": self.order(),
            "first": first, "after": after, "last": last, "before": before,
        })
    }
}

fn is_user(text: &str) -> bool {
    text.strip_prefix("user_").is_some_and(|number| number.parse::<u64>().is_ok())
}

pub(super) fn with_pairs(path: &str, pairs: &[(&'static str, String)]) -> String {
    let mut address = path.to_owned();
    for (place, (name, value)) in pairs.iter().enumerate() {
        address.push(if place == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.push_str(&encoded(value));
    }
    address
}
