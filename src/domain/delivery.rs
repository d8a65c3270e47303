//! Handing a message over to another system: what became of it, and how it can fail.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What became of a message.
    MessageState {
        /// It will be tried, for the first time or again.
        Waiting = "waiting",
        /// It was taken.
        Delivered = "delivered",
        /// It was given up.
        Dead = "dead",
    }
}

vocabulary! {
    /// How an attempt fails.
    DeliveryFault {
        /// The host's name means no address.
        Unresolved = "unresolved",
        /// It means one that is not of the open Internet.
        Inside = "inside",
        /// Nobody could be reached there, or not by a connection to be trusted.
        Unreachable = "unreachable",
        /// It took too long.
        Timeout = "timeout",
        /// The answer was none of success.
        Answer = "answer",
        /// The answer was that there is nobody any more (410).
        Gone = "gone",
        /// The webhook was switched off before its turn came.
        SwitchedOff = "switched_off",
    }
}
