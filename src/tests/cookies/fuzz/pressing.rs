//! The buttons of a page, as a hand would find them: every form that does something, with what it hides.

use crate::cookies::visitor::plain;

/// What a button sends.
#[derive(Clone, Debug)]
pub struct Button {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// Every button of the lab's forms in this page, in its order.
pub fn buttons(page: &str) -> Vec<Button> {
    let forms = page.split("<form").skip(1);
    forms
        .flat_map(|form| {
            let form = form.split("</form>").next().unwrap_or_default();
            let (tag, inside) = form.split_once('>').unwrap_or_default();
            let action = attribute(tag, "action").unwrap_or_default();
            let ours = action.starts_with("/lab/cookies/");
            let hidden: Vec<_> = tags(inside, "<input")
                .filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
                .filter_map(named)
                .collect();
            let pressed = tags(inside, "<button").map(move |tag| Button {
                action: action.clone(),
                fields: hidden.iter().cloned().chain(named(tag)).collect(),
            });
            // The forms for typing are tried with everything else that can be typed.
            let types = inside.contains("type=\"text\"");
            pressed.filter(move |_| ours && !types).collect::<Vec<_>>()
        })
        .collect()
}

fn tags<'a>(html: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(start)
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or_default())
}

fn named(tag: &str) -> Option<(String, String)> {
    Some((
        attribute(tag, "name")?,
        attribute(tag, "value").unwrap_or_default(),
    ))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    Some(plain(after.split('"').next()?))
}

#[test]
fn a_button_sends_what_its_form_hides() {
    let page = r#"<form method="post" action="/lab/cookies/forge"><input type="hidden" name="name" value="a&quot;"/>
        <button name="act" value="move">x</button><button name="act" value="delete">y</button></form>
        <form action="/lab/cookies/line"><input type="text" name="line"/><button>z</button></form>"#;
    let found = buttons(page);
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].action, "/lab/cookies/forge");
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        found[1].fields,
        [pair("name", "a\""), pair("act", "delete")]
    );
}
