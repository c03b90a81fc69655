//! What the models must do that no rule shows.
