//! The pages: views of plain data and their templates. A view decides nothing: dates, numbers and links
//! arrive worded and made, sentences come from [`crate::text::pages`], and every text is escaped.

mod account;
mod api;
mod assets;
mod audit;
mod briefing;
mod bulk;
mod calendar;
mod campaigns;
mod charts;
mod dashboard;
mod evaluation;
mod extensions;
mod feed;
mod form;
mod late_reasons;
mod mail;
mod message;
mod opinions;
mod papers;
mod parts;
mod password;
mod people;
mod prove;
mod recurring;
mod settings;
mod shell;
mod sign_in;
mod start;
mod submissions;
mod task;
mod task_acts;
mod task_files;
mod task_form;
mod tasks;
mod template;
mod two_factor;
mod units;
mod urging;
mod views;
mod webhooks;

pub use crate::text::pages::{Deadline, Mark, Trouble, Why, Words};
pub use account::{AccountPage, FactorSection, PasswordForm, SessionLine};
pub use api::{ApiAnswer, ApiField, ApiOperation, ApiPage, ApiShape};
pub use assets::{Asset, Assets};
pub use audit::{AuditLine, AuditPage};
pub use briefing::{BriefingPage, Issuer, OverdueRow, ProductRow, UnitRow};
pub use bulk::{BulkDonePage, BulkForm, BulkLine, BulkNeeds, BulkPage};
pub use calendar::{
    CalendarChangePage, CalendarForms, CalendarPage, DayCell, DayLine, MonthGrid, TouchedLine,
};
pub use campaigns::{BoardCount, BoardLine, CampaignLine, CampaignPage, CampaignsPage, NewCampaignPage};
pub use charts::{Bar, Column, Segment, Share};
pub use dashboard::{DashboardPage, HelpUnit, NextMonth, OverdueHeadline};
pub use evaluation::{
    EvaluatedRow, EvaluatedUnitPage, EvaluationForm, EvaluationPage, EvaluationRow, UnitSentence,
    WeightField, WeightsPage,
};
pub use extensions::{
    AskLine, AskableLine, DecidedLine, DeskLine, ExtensionPage, ExtensionsPage, NewExtensionPage,
    RequestLine, RulingForm, TaskDecisions,
};
pub use feed::FeedPage;
pub use form::{FieldGroup, FormField, Kind};
pub use late_reasons::{LateMissingPage, LateReasonPage, LateReasonsPage, ReasonField};
pub use mail::{
    BouncedLine, LetterLine, LetterPage, LettersPage, MailDay, MailForm, MailPage, UnsubscribePage,
};
pub use message::MessagePage;
pub use opinions::{GiveForm, OpinionForms, OpinionLine, OpinionsPage, TaskOpinionsPage, UnitAsk};
pub use papers::{
    DraftForm, FigureRow, FigureRowsPage, Heading, MonthLine, MonthPage, MonthsPage, PaperFrame, PartView,
    SheetView,
};
pub use parts::{AsTold, Badge, Choice, Fault, Field, Link, Num, PeriodForm, Rate, TaskLine};
pub use password::PasswordPage;
pub use people::{NewPersonPage, PeoplePage, PersonLine, PersonPage, PostForm, PostLine};
pub use prove::ProvePage;
pub use recurring::{
    ComingLine, NewRecurrencePage, RecurrenceForm, RecurrencePage, RecurringLine, RecurringPage, TurnLine,
};
pub use settings::{CountingForm, LadderLine, SettingsPage, SsoForm, Switch, YearLine};
pub use shell::{Here, Member, NavItem, NavLink, Shell};
pub use sign_in::{ForgotPage, SignInPage};
pub use start::{Group, GroupKind, StartPage, Worst};
pub use submissions::{SubmissionsPage, WaitingRow};
pub use task::{Change, Exclusion, Extension, HistoryEntry, Source, Submission, TaskHistoryPage, TaskPage};
pub use task_acts::{NoteLine, StepForm, TaskActs};
pub use task_files::{AttachForm, AttachPage, DetachPage, FileLine, RemovalForm, TaskFiles};
pub use task_form::{Difference, TaskFormPage, WarningLine};
pub use tasks::{ActiveFilter, BulkBar, CountLink, Filters, MoreFilters, TasksPage, ViewChip, ViewsBar};
pub use template::{KeptTemplate, TemplatePage};
pub use two_factor::{CodePage, EnrolPage, RecoveryCodesPage};
pub use units::{UnitLine, UnitPage, UnitsPage};
pub use urging::UrgingPage;
pub use views::{BrokenView, UnsavedView, ViewLine, ViewsPage};
pub use webhooks::{HookForm, HookLine, MessageLine, WebhookPage, WebhooksPage};
