//! Campaigns: the list, the form, and the board.

use askama::Template;

use super::parts::faults;
use super::{Choice, Fault, Field, Link, Num, Shell};
use crate::text::pages::Words;

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "campaigns.html")]
pub struct CampaignsPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The campaigns.
    pub lines: Vec<CampaignLine>,
    /// The form for another; `None` for who may only read.
    pub add_href: Option<String>,
}

/// A campaign in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignLine {
    /// The title and its board.
    pub campaign: Link,
    /// The directive.
    pub source: Option<String>,
    /// The deadline.
    pub due: String,
    /// How many have reported, in words.
    pub progress: String,
    /// The units that are overdue.
    pub overdue: Num,
    /// Open, or closed and why.
    pub state: String,
}

/// The form for another.
#[derive(Debug, Clone, Template)]
#[template(path = "campaign_new.html")]
pub struct NewCampaignPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// Where it is sent.
    pub action: String,
    /// What each unit is to do.
    pub title: Field,
    /// The directive's number.
    pub source_number: Field,
    /// Its date.
    pub source_date: Field,
    /// Who issued it.
    pub source_issuer: Field,
    /// The categories.
    pub categories: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub category: Field,
    /// The kinds of product.
    pub products: Vec<Choice>,
    /// What is wrong with the one chosen.
    pub product: Field,
    /// The day of assignment.
    pub assigned_on: Field,
    /// The deadline in words.
    pub due: Field,
    /// Whether it is for every unit.
    pub everyone: bool,
    /// The units to choose from.
    pub units: Vec<Choice>,
    /// What is wrong with those chosen.
    pub chosen: Field,
}

impl NewCampaignPage {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[
            ("title", &self.title),
            ("source_number", &self.source_number),
            ("source_date", &self.source_date),
            ("source_issuer", &self.source_issuer),
            ("category", &self.category),
            ("product", &self.product),
            ("assigned_on", &self.assigned_on),
            ("due", &self.due),
            ("units", &self.chosen),
        ])
    }
}

/// A count of the board, which shows exactly its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardCount {
    /// What is counted.
    pub text: String,
    /// How many.
    pub n: String,
    /// The board of only these.
    pub href: String,
    /// Whether it is what is shown.
    pub is_current: bool,
    /// The style's class, which is also the name of the shape.
    pub class: &'static str,
}

/// A unit's line of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardLine {
    /// The unit.
    pub unit: String,
    /// Its task; `None` when it was deleted.
    pub task: Option<Link>,
    /// Whether it has reported, in words.
    pub reported: String,
    /// The style's class, which is also the name of the shape.
    pub class: &'static str,
    /// The deadline, and how late it is.
    pub due: Option<String>,
    /// When it was urged last, and how often.
    pub urged: Option<String>,
}

/// The board.
#[derive(Debug, Clone, Template)]
#[template(path = "campaign.html")]
pub struct CampaignPage {
    /// The sentences.
    pub w: Words,
    /// What stands around.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// What was done just now.
    pub notice: Option<String>,
    /// Its page; acts are sent to addresses below it.
    pub place: String,
    /// Its version.
    pub version: String,
    /// The title.
    pub title: String,
    /// The directive.
    pub source: Option<String>,
    /// The deadline, with its words where they say more.
    pub due: String,
    /// Open, or closed and why.
    pub state: String,
    /// How many have reported, in words.
    pub progress: String,
    /// The counts.
    pub counts: Vec<BoardCount>,
    /// The rows.
    pub rows: Vec<BoardLine>,
    /// How many one click would urge, in words; `None` when none or not for this reader.
    pub to_urge: Option<String>,
    /// Whether it may be urged, added to and closed by this reader.
    pub is_open: bool,
    /// The units that may be added.
    pub more: Vec<Choice>,
    /// What is wrong with those chosen.
    pub chosen: Field,
    /// Why it is closed.
    pub reason: Field,
}

impl CampaignPage {
    /// What is wrong with what was sent.
    pub fn faults(&self) -> Vec<Fault<'_>> {
        faults(&[("units", &self.chosen), ("reason", &self.reason)])
    }
}
