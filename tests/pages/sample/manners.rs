//! What other programs read of us: the address of a calendar, webhooks.

use dondoc::domain::task_event::TaskEvent;
use dondoc::pages::*;

use super::{Role, Sample};

impl Sample {
    /// The address of one's deadlines, `made` just now or not.
    pub fn feed(&self, made: bool) -> FeedPage {
        FeedPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.s(self.w().account_title()), href: "/account".into() },
            notice: (!made).then(|| self.w().feed_ended().to_owned()),
            address: made.then(|| "https://dondoc.example/calendar/x.ics".to_owned()),
            since: made.then(|| self.w().feed_since("29/11/2024", None)),
            action: "/account/calendar".into(),
            end: "/account/calendar/end".into(),
        }
    }

    fn hook_form(&self, faulty: bool) -> HookForm {
        let typed = |value: &str| match faulty {
            true => Field::faulty(self.s(value), self.s("!")),
            false => Field::of(self.s(value)),
        };
        let switch = |event: &TaskEvent| Switch {
            name: event.code().to_owned(),
            text: self.w().task_event(*event).to_owned(),
            is_on: *event == TaskEvent::Created,
        };
        HookForm {
            name: typed("A"),
            url: typed("https://a.example/"),
            events: TaskEvent::ALL.iter().map(switch).collect(),
            event: if faulty { Field::faulty("", self.s("!")) } else { Field::default() },
            active: true,
        }
    }

    fn hook_line(&self) -> HookLine {
        HookLine {
            link: Link { text: self.s("A"), href: "/webhooks/1".into() },
            url: self.s("https://a.example/"),
            events: self.w().task_event(TaskEvent::Created).to_owned(),
            state: self.w().hook_failing("09:00:00 29/11/2024"),
        }
    }

    /// The webhooks, `faulty` after a failed attempt to add one.
    pub fn webhooks(&self, faulty: bool) -> WebhooksPage {
        WebhooksPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            notice: (!faulty).then(|| self.w().hook_removed().to_owned()),
            hooks: self.rows(vec![self.hook_line(), self.hook_line()]),
            action: "/webhooks".into(),
            form: self.hook_form(faulty),
        }
    }

    /// One webhook, made just now; `faulty`: changed by somebody else meanwhile, and typed wrongly.
    pub fn webhook(&self, faulty: bool) -> WebhookPage {
        let line = |again: Option<&str>| MessageLine {
            event: self.w().task_event(TaskEvent::Created).to_owned(),
            task: self.s("NV-1"),
            at: "09:00:00 29/11/2024".into(),
            state: self.s("!"),
            attempts: self.rows(vec![self.s("09:00:00 29/11/2024 · 500 · 12 ms")]),
            again: again.map(str::to_owned),
        };
        WebhookPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().hooks_title().to_owned(), href: "/webhooks".into() },
            notice: (!faulty).then(|| self.w().hook_queued().to_owned()),
            secret: (!faulty).then(|| "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()),
            heading: self.s("A"),
            warning: faulty.then(|| self.w().hook_switched_off("09:00:00 29/11/2024")),
            now: faulty.then(|| self.hook_line()),
            place: "/webhooks/1".into(),
            version: "2".into(),
            form: self.hook_form(faulty),
            messages: self.rows(vec![line(None), line(Some("/webhooks/1/messages/2/again"))]),
        }
    }
}
