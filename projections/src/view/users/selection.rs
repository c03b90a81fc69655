//! From a filter to the set of ordinals that it lets through.

use std::borrow::Cow;

use roaring::RoaringBitmap;
use rollbook_schema::RoleId;

use super::UserList;
use super::facets::Flag;
use super::query::{DeletedFilter, LicenseFilter, RoleFilter, UserFilter};
use crate::view::user_set::UserSet;

/// The rows of a list, before it is ordered.
pub(super) enum Selection<'a> {
    /// All but these: nothing was asked but to leave out the deleted.
    Except(&'a RoaringBitmap),
    /// These.
    Only(Cow<'a, RoaringBitmap>),
}

impl Selection<'_> {
    pub(super) fn contains(&self, ordinal: u32) -> bool {
        match self {
            Selection::Except(out) => !out.contains(ordinal),
            Selection::Only(these) => these.contains(ordinal),
        }
    }

    /// How many of `all` rows.
    pub(super) fn count(&self, all: u32) -> u64 {
        match self {
            Selection::Except(out) => u64::from(all) - out.len(),
            Selection::Only(these) => these.len(),
        }
    }

    pub(super) fn each(&self, all: u32, visit: impl FnMut(u32)) {
        match self {
            Selection::Except(out) => (0..all).filter(|ordinal| !out.contains(*ordinal)).for_each(visit),
            Selection::Only(these) => these.iter().for_each(visit),
        }
    }
}

impl UserList {
    pub(super) fn select(&self, filter: &UserFilter) -> Selection<'_> {
        let mut sets = Sets::default();
        if let Some(kind) = filter.kind {
            sets.within(self.facets.kind(kind));
        }
        if let Some(profile) = filter.access_profile {
            sets.within(self.facets.profile(profile));
        }
        match filter.license {
            Some(LicenseFilter::Holds(license)) => sets.within(self.facets.license(license)),
            Some(LicenseFilter::None) => {
                self.facets.licenses().iter().for_each(|held| sets.without(held));
            }
            None => {}
        }
        match filter.deleted {
            DeletedFilter::Excluded => sets.without(self.facets.flag(Flag::Deleted)),
            DeletedFilter::Included => {}
            DeletedFilter::Only => sets.within(self.facets.flag(Flag::Deleted)),
        }
        let flags = [
            (filter.active, Flag::Active),
            (filter.locked, Flag::Locked),
            (filter.email_verified, Flag::EmailVerified),
            (filter.masked, Flag::Masked),
        ];
        for (asked, flag) in flags {
            match asked {
                Some(true) => sets.within(self.facets.flag(flag)),
                Some(false) => sets.without(self.facets.flag(flag)),
                None => {}
            }
        }
        match &filter.roles {
            Some(RoleFilter::AllOf(roles)) => roles.iter().for_each(|role| sets.within(self.role(*role))),
            Some(RoleFilter::AnyOf(roles)) => {
                let any = roles.iter().fold(RoaringBitmap::new(), |any, role| any | self.role(*role));
                sets.within.push(Cow::Owned(any));
            }
            None => {}
        }
        if let Some(among) = &filter.among {
            let ordinals = among.iter().filter_map(|user| self.rows.ordinal(user)).collect();
            sets.within.push(Cow::Owned(ordinals));
        }
        let selection = self.narrow(sets, filter.text.as_deref());
        match &filter.except {
            Some(except) if !except.is_empty() => self.leave_out(selection, except),
            _ => selection,
        }
    }

    fn leave_out<'a>(&'a self, selection: Selection<'a>, except: &UserSet) -> Selection<'a> {
        let out: RoaringBitmap = except.iter().filter_map(|user| self.rows.ordinal(user)).collect();
        let these = match selection {
            Selection::Except(already) => {
                let mut all = RoaringBitmap::new();
                all.insert_range(0..self.rows.len());
                all - already
            }
            Selection::Only(these) => these.into_owned(),
        };
        Selection::Only(Cow::Owned(these - out))
    }

    fn narrow<'a>(&'a self, sets: Sets<'a>, text: Option<&str>) -> Selection<'a> {
        let selection = sets.combine(self.rows.len(), &self.nobody);
        let Some(text) = text else { return selection };
        let found = match &selection {
            Selection::Only(these) => self.texts.search(&self.rows, text, Some(these)),
            Selection::Except(out) => self.texts.search(&self.rows, text, None).map(|found| found - *out),
        };
        found.map_or(selection, |found| Selection::Only(Cow::Owned(found)))
    }

    fn role(&self, role: RoleId) -> &RoaringBitmap {
        self.facets.role(role).unwrap_or(&self.nobody)
    }
}

/// Sets that a row must be in, and must not be in.
#[derive(Default)]
struct Sets<'a> {
    within: Vec<Cow<'a, RoaringBitmap>>,
    without: Vec<&'a RoaringBitmap>,
}

impl<'a> Sets<'a> {
    fn within(&mut self, set: &'a RoaringBitmap) {
        self.within.push(Cow::Borrowed(set));
    }

    fn without(&mut self, set: &'a RoaringBitmap) {
        self.without.push(set);
    }

    fn combine(mut self, all: u32, nobody: &'a RoaringBitmap) -> Selection<'a> {
        self.without.retain(|set| !set.is_empty());
        self.within.sort_by_key(|set| std::cmp::Reverse(set.len()));
        let smallest = match (self.within.pop(), self.without.as_slice()) {
            (None, []) => return Selection::Except(nobody),
            (None, [out]) => return Selection::Except(out),
            (None, _) => Cow::Owned((0..all).collect()),
            (Some(smallest), _) => smallest,
        };
        if self.within.is_empty() && self.without.is_empty() {
            return Selection::Only(smallest);
        }
        let mut these = smallest.into_owned();
        self.within.iter().rev().for_each(|set| these &= &**set);
        self.without.iter().for_each(|set| these -= *set);
        Selection::Only(Cow::Owned(these))
    }
}
