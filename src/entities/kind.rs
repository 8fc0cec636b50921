//! What a name is: the eleven kinds.

use serde::{Deserialize, Serialize};

/// What a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Person.
    Person,
    /// Organisation.
    Organisation,
    /// Place.
    Place,
    /// Nationality, religion, movement.
    Group,
    /// Event.
    Event,
    /// Law or agreement.
    Law,
    /// Date or time.
    Date,
    /// Number with a unit or a noun.
    Quantity,
    /// Title of a work, name of a product.
    Work,
    /// Amount of money.
    Money,
    /// Percent.
    Percent,
}

impl Kind {
    /// All kinds, in the order of their numbers in corpus files: a new one is added at the end.
    pub const ALL: [Kind; 11] = [
        Kind::Person,
        Kind::Organisation,
        Kind::Place,
        Kind::Group,
        Kind::Event,
        Kind::Law,
        Kind::Date,
        Kind::Quantity,
        Kind::Work,
        Kind::Money,
        Kind::Percent,
    ];

    /// The word for it, lower case, as a script reads it and as it stands in an address.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Place => "place",
            Kind::Group => "group",
            Kind::Event => "event",
            Kind::Law => "law",
            Kind::Date => "date",
            Kind::Quantity => "quantity",
            Kind::Work => "work",
            Kind::Money => "money",
            Kind::Percent => "percent",
        }
    }

    /// Whether it names something, as against saying when or how much.
    pub fn is_name(self) -> bool {
        !matches!(self, Kind::Date | Kind::Quantity | Kind::Money | Kind::Percent)
    }
}
