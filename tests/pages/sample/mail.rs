//! What became of letters, and ending them.

use dondoc::domain::letter::LetterState;
use dondoc::domain::preference::Stream;
use dondoc::pages::*;

use super::{Role, Sample};

impl Sample {
    /// The days, with alarms and an address that came back.
    pub fn mail(&self) -> MailPage {
        let w = self.w();
        let num = |n: &str| Num::link(self.n(n), "/mail/letters?day=2024-11-29");
        MailPage {
            w,
            shell: self.shell(Role::Office, 9),
            notice: self.o(w.mail_cleared()),
            alarms: self.rows(vec![self.s("!")]),
            days: self.rows(vec![MailDay {
                day: Link { text: "29/11/2024".into(), href: "/mail/letters?day=2024-11-29".into() },
                planned: num("2"),
                sent: num("34"),
                skipped: num("3"),
                reasons: self.rows(vec![format!("3 {}", w.letter_why("nothing_due"))]),
                failed: Num::plain("0"),
                double: Num::plain("0"),
            }]),
            bounced: self.rows(vec![BouncedLine {
                person: Link { text: self.s("A"), href: "/people/1".into() },
                address: self.s("a@vp.example"),
                at: "09:00 29/11/2024".into(),
                clear: "/mail/bounced/1/clear".into(),
            }]),
        }
    }

    /// The letters of a day.
    pub fn letters(&self) -> LettersPage {
        let w = self.w();
        let line = |state: LetterState, is_past: bool| LetterLine {
            person: (!is_past).then(|| Link { text: self.s("A"), href: "/people/1".into() }),
            address: self.s("a@vp.example"),
            kind: w.letter_kind("digest"),
            subject: self.o("x"),
            state: w.letter_state(state).to_owned(),
            why: Some(w.letter_why("late")),
            may_be_double: is_past,
            at: "09:00 29/11/2024".into(),
            again: (!is_past).then(|| "/mail/letters/1/again".into()),
            not_again: is_past.then(|| w.mail_past_digest().to_owned()),
            text: Some("/mail/text?letter=1".into()),
        };
        LettersPage {
            w,
            shell: self.shell(Role::Office, 9),
            back: Link { text: w.mail_title().to_owned(), href: "/mail".into() },
            notice: self.o(w.mail_planned_again()),
            heading: w.mail_of_day("29/11/2024"),
            action: "/mail/letters".into(),
            day: "2024-11-29".into(),
            states: self.choices(&[("sent", "A")], "sent"),
            kinds: self.choices(&[("digest", "A")], ""),
            letters: self.rows(vec![line(LetterState::Dead, false), line(LetterState::Skipped, true)]),
            next: Some("/mail/letters?after=1".into()),
        }
    }

    /// A letter of the demo.
    pub fn letter(&self) -> LetterPage {
        LetterPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().mail_title().to_owned(), href: "/mail".into() },
            subject: self.s("CVT: 3"),
            address: self.s("a@vp.example"),
            text: self.s("A\n\nB"),
        }
    }

    /// What a letter's address asks, or that it is done.
    pub fn unsubscribe(&self, done: bool) -> UnsubscribePage {
        UnsubscribePage {
            w: self.w(),
            shell: self.shell(Role::Nobody, 0),
            heading: self.w().unsubscribe_title(Stream::Digest).to_owned(),
            body: vec![self.pick("Đã ngừng.", "It is done.")],
            action: (!done).then(|| "/u/1".into()),
        }
    }
}
