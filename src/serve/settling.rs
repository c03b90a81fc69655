//! What a start asks for before anybody else does, at once or when commands are taken.

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::directory::{Directory, FirstAdministrator, FirstStart, FirstStartFault};
use crate::http::Shutdown;
use crate::writer::Stop;

/// What a start asks for before anybody else does.
pub(super) async fn settle(
    directory: &Directory,
    administrator: FirstAdministrator,
) -> Result<(), FirstStartFault> {
    if let Some(first) = directory.first_start(administrator).await? {
        announce(&first);
    }
    directory.replace_lost_signing_key().await?;
    if let Err(fault) = directory.complete_erasures().await {
        tracing::error!(%fault, "an erasure is not complete yet");
    }
    directory.end_lost_rule_runs().await?;
    Ok(())
}

/// The same once commands are taken. Where it fails the server ends, as one does that did not start.
pub(super) async fn settle_later(
    directory: Directory,
    administrator: FirstAdministrator,
    settled: watch::Sender<bool>,
) {
    if directory.until_it_takes_commands().await.is_err() {
        return;
    }
    match settle(&directory, administrator).await {
        Ok(()) => drop(settled.send_replace(true)),
        Err(fault) => directory.status().stop(Stop::Rebuild(fault.to_string())),
    }
}

/// Starts what asks for things of its own accord, once the start has asked for its own.
pub(super) struct Then {
    pub settled: watch::Receiver<bool>,
    pub shutdown: Shutdown,
}

impl Then {
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
        let (mut settled, shutdown) = (self.settled.clone(), self.shutdown.clone());
        tokio::spawn(async move {
            tokio::select! {
                is_settled = settled.wait_for(|settled| *settled) => drop(is_settled),
                () = shutdown.begun() => return,
            }
            task.await;
        })
    }
}

/// The one-time password goes to standard output once, and nowhere else.
fn announce(first: &FirstStart) {
    println!("This directory is new. Its administrator signs in as: {}", first.username);
    if let Some(password) = &first.made_up_password {
        println!("with the password: {} (shown this once: note it, then change it)", password.as_str());
    }
}
