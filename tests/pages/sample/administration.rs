//! People, one person and the journal of the sample.

use dondoc::pages::*;

use super::{Role, Sample};

impl Sample {
    /// The list of people.
    pub fn people(&self) -> PeoplePage {
        let line = |name: &str, active| PersonLine {
            person: Link { text: self.s(name), href: "/people/1".into() },
            email: self.s("a@vp.example"),
            posts: self.rows(vec![self.pick("Văn phòng · Tổng hợp", "Ministry Office · Office")]),
            active,
        };
        PeoplePage {
            w: self.w(),
            shell: self.shell(Role::UnitHead, 9),
            action: "/people".into(),
            q: Field::of(self.s("")),
            units: self.choices(&[("1", "CVT")], "1"),
            roles: self.choices(&[("staff", "Staff")], ""),
            total: self.n("2"),
            people: self.rows(vec![line("A", true), line("B", false)]),
            next: Some("/people?after=1".into()),
            add_href: "/people/new".into(),
        }
    }

    fn post_form(&self, faulty: bool) -> PostForm {
        let field = |value: &str| match faulty {
            true => Field::faulty(self.s(value), self.s("!")),
            false => Field::of(self.s(value)),
        };
        PostForm {
            roles: self.choices(&[("staff", "Staff")], "staff"),
            role: field("staff"),
            units: self.choices(&[("1", "CVT")], ""),
            unit: field(""),
            from: field("01/01/2024"),
            until: field(""),
            deputies: self.choices(&[("1", "A")], ""),
            deputy_for: field(""),
        }
    }

    /// The form for a person, `faulty` after a failed attempt.
    pub fn person_new(&self, faulty: bool) -> NewPersonPage {
        NewPersonPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().people_title().into(), href: "/people".into() },
            action: "/people/new".into(),
            name: if faulty { Field::faulty(self.s("A"), self.s("!")) } else { Field::of(self.s("A")) },
            email: Field::of(self.s("a@vp.example")),
            post: self.post_form(faulty),
        }
    }

    /// One person, `faulty` after a refused act.
    pub fn person(&self, faulty: bool) -> PersonPage {
        let line = |is_over: bool| PostLine {
            id: "1".into(),
            text: self.pick("Văn phòng · Tổng hợp", "Ministry Office · Office"),
            term: self.w().post_term_of("01/01/2024", is_over.then_some("01/02/2024")),
            is_over,
            is_deputy: is_over,
        };
        PersonPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            back: Link { text: self.w().people_title().into(), href: "/people".into() },
            place: "/people/1".into(),
            name: self.s("A"),
            email: self.s("a@vp.example"),
            active: !faulty,
            notice: (!faulty).then(|| self.w().handed_over(&self.n("12"), &self.s("B"))),
            link: (!faulty).then(|| self.s("https://dondoc.example/password?link=AZlOy9x7")),
            error: faulty.then(|| self.s("!")),
            posts: self.rows(vec![line(false), line(true)]),
            post: self.post_form(faulty),
            open_tasks: self.o("12"),
            takers: self.choices(&[("2", "B")], ""),
            to: if faulty && self.o("").is_some() {
                Field::faulty("", self.s("!"))
            } else {
                Field::default()
            },
            audit_href: "/audit?person=a".into(),
        }
    }

    /// The journal, `faulty` for filters that can't be read.
    pub fn audit(&self, faulty: bool) -> AuditPage {
        let line = AuditLine {
            at: "29/11/2024 09:00:00".into(),
            who: self.s("A"),
            act: self.w().audit_act_of("post.create"),
            about: self.o("B"),
            changes: self.rows(vec![Change {
                field: self.w().audit_field("person", "role"),
                before: self.o("x"),
                after: self.o("y"),
            }]),
        };
        AuditPage {
            w: self.w(),
            shell: self.shell(Role::Office, 9),
            action: "/audit".into(),
            acts: self.choices(&[("post.create", "Post")], "post.create"),
            person: Field::of(self.s("")),
            from: if faulty { Field::faulty(self.s("x"), self.s("!")) } else { Field::default() },
            to: Field::default(),
            entries: self.rows(vec![line]),
            next: Some("/audit?before=1".into()),
        }
    }
}
