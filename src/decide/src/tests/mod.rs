//! One small directory for all cases.
