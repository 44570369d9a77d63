//! What the server gives to an island: a typed value that travels in an attribute, without serde.
//!
//! A component puts the value into the context and renders its island; the island calls [`here`]. On the
//! server that is the value from the context. In the browser it is read from the island's own root element,
//! and read again whenever news changes it there: the signal then changes, and with it what the island shows.

use leptos::{attr::custom::custom_attribute, prelude::*, tachys::html::attribute::Attribute};

pub use super::browser::here;

/// The attribute on an island's root element.
pub(super) const GIVEN: &str = "data-given";

/// A value that can be written into an attribute and read from it.
pub trait Given: Clone + Send + Sync + 'static {
    /// The value as text.
    fn write(&self) -> String;
    /// The value from its text; what is missing is empty or 0.
    fn read(text: &str) -> Self;
}

/// One field of a [`Given`] struct.
pub trait Field {
    /// The field as one line.
    fn line(&self) -> String;
    /// The field from its line.
    fn parse(line: &str) -> Self;
}

impl Field for i64 {
    fn line(&self) -> String {
        self.to_string()
    }

    fn parse(line: &str) -> Self {
        line.parse().unwrap_or_default()
    }
}

impl Field for bool {
    fn line(&self) -> String {
        if *self {
            "yes".to_owned()
        } else {
            String::new()
        }
    }

    fn parse(line: &str) -> Self {
        !line.is_empty()
    }
}

impl Field for String {
    fn line(&self) -> String {
        self.replace(['\n', '\r'], " ")
    }

    fn parse(line: &str) -> Self {
        line.to_owned()
    }
}

impl Field for Vec<String> {
    fn line(&self) -> String {
        self.iter()
            .map(|each| each.replace(['\n', '\r', '\t'], " "))
            .collect::<Vec<_>>()
            .join("\t")
    }

    fn parse(line: &str) -> Self {
        if line.is_empty() {
            return Self::new();
        }
        line.split('\t').map(str::to_owned).collect()
    }
}

/// Declares a struct that can be [`Given`]: one field a line, in order.
macro_rules! given {
    ($(#[$about:meta])* pub struct $name:ident { $($(#[$field_about:meta])* pub $field:ident: $kind:ty,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[$field_about])* pub $field: $kind,)+ }

        impl $crate::live::given::Given for $name {
            fn write(&self) -> String {
                [$($crate::live::given::Field::line(&self.$field)),+].join("\n")
            }

            fn read(text: &str) -> Self {
                let mut lines = text.split('\n');
                Self { $($field: $crate::live::given::Field::parse(lines.next().unwrap_or_default()),)+ }
            }
        }
    };
}
pub(crate) use given;

/// The attribute that carries the value; it belongs on the island's root element.
pub fn attribute<T: Given>(given: RwSignal<T>) -> impl Attribute {
    custom_attribute(GIVEN, given.with_untracked(Given::write))
}

#[cfg(test)]
mod tests {
    use super::{Field, Given};

    given! {
        /// For this test.
        pub struct Sample {
            /// A number.
            pub at_ms: i64,
            /// A sign.
            pub is_exact: bool,
            /// A text.
            pub text: String,
            /// Some texts.
            pub words: Vec<String>,
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let sample = Sample {
            at_ms: -7,
            is_exact: true,
            text: "año = \"1\"; <b>".to_owned(),
            words: vec!["a".to_owned(), String::new(), "c d".to_owned()],
        };
        assert_eq!(Sample::read(&sample.write()), sample);
    }

    #[test]
    fn a_line_break_does_not_move_the_fields() {
        assert_eq!("a\nb\r\n".to_owned().line(), "a b  ");
        assert_eq!(
            Vec::<String>::parse(&vec!["a\tb".to_owned()].line()),
            ["a b"]
        );
        assert_eq!(Sample::read("").words, Vec::<String>::new());
    }
}
