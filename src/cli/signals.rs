//! What an interrupted command does: a service lets the requests under way finish; everything else leaves the private
//! cluster in order and ends.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use actix_web::dev::ServerHandle;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::app::ClusterShare;
use crate::error::{Error, Result};

/// The way to end a service in order, once there is one.
#[derive(Clone, Default)]
pub(super) struct Stop(Arc<OnceLock<End>>);

/// What is ended in order.
enum End {
    Service(ServerHandle),
    Waiting(std::thread::Thread, Arc<AtomicBool>),
}

impl Stop {
    /// From now on the first signal ends this service in order.
    pub(super) fn through(&self, handle: ServerHandle) {
        self.set(End::Service(handle));
    }

    /// Waits for the first signal.
    pub(super) fn wait(&self) {
        let ended = Arc::new(AtomicBool::new(false));
        self.set(End::Waiting(std::thread::current(), ended.clone()));
        while !ended.load(Ordering::SeqCst) {
            std::thread::park();
        }
    }

    fn set(&self, end: End) {
        if self.0.set(end).is_err() {
            tracing::error!("a second service runs in this process");
        }
    }
}

/// From now on a signal that ends the program gives its share in the cluster back first, so that no
/// server stays behind. An open transaction is undone by the server, as at any lost connection.
pub(super) fn leave_first(share: &ClusterShare) -> Result<Stop> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])
        .map_err(|e| Error::Internal(format!("signals can't be listened to: {e}")))?;
    let (share, stop) = (share.clone(), Stop::default());
    let service = stop.clone();
    std::thread::spawn(move || {
        let mut is_ending = false;
        for signal in signals.forever() {
            match service.0.get() {
                // The command is sent by the call; what it returns only waits for the end. A second signal means now.
                Some(End::Service(handle)) if !is_ending => drop(handle.stop(true)),
                Some(End::Waiting(thread, ended)) if !is_ending => {
                    ended.store(true, Ordering::SeqCst);
                    thread.unpark();
                }
                _ => {
                    share.interrupt();
                    // As a shell reports a program that a signal ended.
                    std::process::exit(128 + signal);
                }
            }
            is_ending = true;
        }
    });
    Ok(stop)
}

/// Waits for the end when a signal is bringing it: whatever the command then says is not worth telling.
pub(super) fn let_it_end(share: &ClusterShare) {
    while share.is_interrupted() {
        std::thread::park();
    }
}
