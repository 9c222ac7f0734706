//! The little of Markdown that our own pages use: headings, paragraphs, lists, tables, code.

/// A page of its own.
pub(super) fn page(title: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>body{{max-width:60rem;margin:2rem auto;\
         padding:0 1rem;font:1rem/1.5 system-ui}}pre{{background:#f4f4f4;padding:1rem;overflow-x:auto}}\
         td,th{{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}}</style><body>{}</body></html>",
        body(text)
    )
}

fn body(text: &str) -> String {
    let mut html = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let code: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
            html.extend(["<pre>", &escaped(&code.join("\n")), "</pre>\n"]);
            continue;
        }
        if line.is_empty() {
            continue;
        }
        // A block goes on until an empty line, or until code begins.
        let mut block = vec![line];
        while let Some(more) = lines.next_if(|next| !next.is_empty() && !next.starts_with("```")) {
            block.push(more);
        }
        html.push_str(&written(&block));
    }
    html
}

fn written(lines: &[&str]) -> String {
    let first = lines.first().copied().unwrap_or_default();
    let level = first.bytes().take_while(|byte| *byte == b'#').count();
    if level > 0 {
        return format!("<h{level}>{}</h{level}>\n", inline(first.trim_start_matches('#').trim()));
    }
    if first.starts_with('|') {
        let rows = lines.iter().filter(|line| !line.starts_with("| ---")).map(|line| row(line));
        return format!("<table>{}</table>\n", rows.collect::<String>());
    }
    let numbered = first.starts_with("1. ");
    if numbered || first.starts_with("- ") {
        let kind = if numbered { "ol" } else { "ul" };
        return format!("<{kind}>{}</{kind}>\n", items(lines));
    }
    format!("<p>{}</p>\n", inline(&lines.join(" ")))
}

fn row(line: &str) -> String {
    let cells = line.trim_matches('|').split('|').map(|cell| format!("<td>{}</td>", inline(cell.trim())));
    format!("<tr>{}</tr>", cells.collect::<String>())
}

fn items(lines: &[&str]) -> String {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (line.split_once(' '), items.last_mut()) {
            (Some((_, text)), Some(last)) if line.starts_with(' ') => {
                last.push(' ');
                last.push_str(text.trim());
            }
            (Some((_, text)), _) => items.push(text.to_owned()),
            (None, _) => {}
        }
    }
    items.iter().flat_map(|item| ["<li>".to_owned(), inline(item), "</li>".to_owned()]).collect()
}

/// `code` and **weight**: every second part between the marks.
fn inline(text: &str) -> String {
    marked(&escaped(text), "`", "code", |plain| marked(plain, "**", "strong", str::to_owned))
}

fn marked(text: &str, mark: &str, tag: &str, rest: impl Fn(&str) -> String) -> String {
    let part = |(at, part): (usize, &str)| {
        if at % 2 == 1 { format!("<{tag}>{part}</{tag}>") } else { rest(part) }
    };
    text.split(mark).enumerate().map(part).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::body;

    #[test]
    fn what_our_pages_use_is_written_and_nothing_else_passes() {
        let text = "# A <b>\n\nOne `x<y`\nand **two**.\n\n1. a\n   b\n2. c\n\n| k | v |\n| --- | --- |\n| 1 | `2` |\n\n```\n<&\n```\n";
        assert_eq!(
            body(text),
            "<h1>A &lt;b&gt;</h1>\n<p>One <code>x&lt;y</code> and <strong>two</strong>.</p>\n\
             <ol><li>a b</li><li>c</li></ol>\n\
             <table><tr><td>k</td><td>v</td></tr><tr><td>1</td><td><code>2</code></td></tr></table>\n\
             <pre>&lt;&amp;</pre>\n"
        );
    }
}
