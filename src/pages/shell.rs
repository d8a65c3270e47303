//! What stands around every page.

use super::{Assets, Choice};

/// The header, navigation and footer.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// The files every page loads.
    pub assets: Assets,
    /// The program's version.
    pub version: String,
    /// The demo's today, `29/11/2024`; `None` outside the demo.
    pub demo_day: Option<String>,
    /// Who is signed in; `None` before that, then there is no navigation.
    pub member: Option<Member>,
    /// The same page in the other language: `(href, name in that language, its code)`.
    pub other_language: Option<(String, String, String)>,
}

/// The reader's place in the tenant.
#[derive(Debug, Clone)]
pub struct Member {
    /// `Bộ Thông tin và Truyền thông`.
    pub tenant_name: String,
    /// The reader's name and post.
    pub post: String,
    /// Where the name in the header leads.
    pub home: String,
    /// The pages of the reader's role; of many, their groups.
    pub nav: Vec<NavLink>,
    /// The pages of the group that is being read, as a second line.
    pub group: Vec<NavLink>,
    /// Where the search box looks: the task list; none for who sees no tasks.
    pub search_action: Option<String>,
    /// What was searched last, to stand in the box.
    pub search_words: String,
    /// The posts to choose from, when there are several; sent to `switch` as `post`.
    pub posts: Vec<Choice>,
    /// Where another post is chosen.
    pub switch: String,
    /// Where signing out posts to.
    pub sign_out: String,
}

impl Member {
    /// The group that is being read; empty when there are none.
    pub fn section(&self) -> &str {
        let read = self.nav.iter().find(|link| link.here != Here::Elsewhere);
        read.map_or("", |link| &link.text)
    }
}

/// A link of the navigation.
#[derive(Debug, Clone)]
pub struct NavLink {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub text: String,
    /// How it stands to the page being read.
    pub here: Here,
}

/// How a link stands to the page being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Here {
    /// It leads elsewhere.
    #[default]
    Elsewhere,
    /// The page lies below it, or in its group.
    Within,
    /// It leads to the page.
    Page,
}

impl Here {
    /// The value of `aria-current`.
    pub fn aria(self) -> Option<&'static str> {
        match self {
            Self::Elsewhere => None,
            Self::Within => Some("true"),
            Self::Page => Some("page"),
        }
    }
}

/// A tab of a page.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub text: String,
    /// Whether it is the page being read.
    pub current: bool,
}
