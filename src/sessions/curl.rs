//! A recorded request as a curl command that can be pasted into a shell.

/// The command: method, URL, the lane's cookie, the form, and the pass that finds the lab.
#[must_use]
pub fn command(method: &str, url: &str, cookie: Option<&str>, body: &str, pass: &str) -> String {
    let mut words = vec!["curl -i".to_owned()];
    // With a form (`-d`) curl posts by itself.
    let implied = if body.is_empty() { "GET" } else { "POST" };
    if method != implied {
        words.push(format!("-X {method}"));
    }
    words.push(quoted(url));
    if let Some(cookie) = cookie {
        words.push(format!("-b {}", quoted(cookie)));
    }
    if !pass.is_empty() {
        words.push(format!(
            "-H {}",
            quoted(&format!("Playground-Pass: {pass}"))
        ));
    }
    if !body.is_empty() {
        words.push(format!("-d {}", quoted(body)));
    }
    words.join(" ")
}

/// In single quotes, where a shell takes everything literally but the quote itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_needs_no_method_and_quotes_cannot_break_out() {
        assert_eq!(
            command(
                "POST",
                "http://x/lab/file/login",
                Some("file.sid=a"),
                "user=a'b",
                "P"
            ),
            r"curl -i 'http://x/lab/file/login' -b 'file.sid=a' -H 'Playground-Pass: P' -d 'user=a'\''b'"
        );
        assert_eq!(
            command("POST", "http://x/l", None, "", "P"),
            "curl -i -X POST 'http://x/l' -H 'Playground-Pass: P'"
        );
        assert_eq!(
            command("GET", "http://x/m", None, "", "P"),
            "curl -i 'http://x/m' -H 'Playground-Pass: P'"
        );
    }
}
