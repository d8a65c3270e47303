//! What other systems are told of tasks.

use super::vocabulary::vocabulary;

vocabulary! {
    /// A kind of event in the life of a task.
    TaskEvent {
        /// It was given.
        Created = "task.created",
        /// Anything about it has changed that is none of the others.
        Changed = "task.changed",
        /// It was put to somebody, or taken from them.
        Assigned = "task.assigned",
        /// Its unit has reported it done.
        Submitted = "task.submitted",
        /// The report was confirmed.
        Confirmed = "task.confirmed",
        /// The report was sent back.
        SentBack = "task.sent_back",
        /// A later deadline was asked for.
        ExtensionAsked = "extension.asked",
        /// A request for a later deadline was decided.
        ExtensionDecided = "extension.decided",
        /// It was deleted.
        Deleted = "task.deleted",
    }
}
