//! Every line that the program logs while the tests run, at the finest level.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;

/// What was heard so far. One for the whole process: the first to set a subscriber wins.
#[derive(Clone, Default)]
pub struct Heard(Arc<Mutex<Vec<u8>>>);

static HEARD: OnceLock<Heard> = OnceLock::new();

impl Heard {
    /// Listens, and makes sure that something is heard.
    pub fn listen() -> Heard {
        let heard = HEARD.get_or_init(|| {
            let heard = Heard::default();
            let written = heard.clone();
            let lines = fmt::layer().with_ansi(false).with_writer(move || written.clone());
            let targets = Targets::new().with_default(LevelFilter::WARN);
            let targets =
                targets.with_target("rollbook", LevelFilter::TRACE).with_target("it", LevelFilter::TRACE);
            let subscriber = tracing_subscriber::registry().with(targets).with(lines);
            tracing::subscriber::set_global_default(subscriber).unwrap();
            heard
        });
        tracing::info!("the test listens");
        heard.with(|lines| assert!(super::traces::holds(lines, b"the test listens")));
        heard.clone()
    }

    pub fn with(&self, look: impl FnOnce(&[u8])) {
        look(&self.0.lock().unwrap());
    }
}

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
