//! What the tenant chose, over what the server's configuration says.

use rollbook_projections::view::Views;
use rollbook_schema::Version;
use rollbook_schema::value::Settings;

use super::{Directory, DirectoryOptions};

const MILLIS_PER_MINUTE: i64 = 60_000;

/// The settings of a directory whose tenant chose nothing.
pub(super) fn configured(options: &DirectoryOptions) -> Settings {
    let minutes = (options.session_millis / MILLIS_PER_MINUTE).max(1);
    Settings {
        lock_after_failures: options.lock_after_failures.max(1),
        session_minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
        ..Settings::default()
    }
}

impl Directory {
    /// The settings in force.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.views().settings.over(&self.inner.configured)
    }

    /// The settings in force in some views, such as those of a moment.
    #[must_use]
    pub fn settings_in(&self, views: &Views) -> Settings {
        views.settings.over(&self.inner.configured)
    }

    /// The settings in force, and how many changes the tenant has seen.
    #[must_use]
    pub fn settings_and_version(&self) -> (Settings, Version) {
        let views = self.views();
        (views.settings.over(&self.inner.configured), views.settings.version())
    }
}
