//! What an interrupted command does: it leaves the private cluster in order, then ends.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::app::ClusterShare;
use crate::error::{Error, Result};

/// From now on a signal that ends the program gives its share in the cluster back first, so that no
/// server stays behind. An open transaction is undone by the server, as at any lost connection.
pub(super) fn leave_first(share: &ClusterShare) -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])
        .map_err(|e| Error::Internal(format!("signals can't be listened to: {e}")))?;
    let share = share.clone();
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            share.interrupt();
            // As a shell reports a program that a signal ended.
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

/// Waits for the end when a signal is bringing it: whatever the command then says is not worth telling.
pub(super) fn let_it_end(share: &ClusterShare) {
    while share.is_interrupted() {
        std::thread::park();
    }
}
