//! The room's battery: cases are data, and each file holds one pass's.

mod folding;
mod guarantees;
mod languages;
mod sentences;
mod tokens;

use std::sync::LazyLock;

use super::{Document, Field, FieldName, Folding, Languages};

/// Pairs enough for the tests; the real table is the lexicon's.
const PAIRS: &str = "# traditional\tsimplified\n國\t国\n礦\t矿\n產\t产\n鋰\t锂\n";

static FOLDING: LazyLock<Folding> = LazyLock::new(|| Folding::new(PAIRS).unwrap());

/// The lexicon's lists: what is told by words is only as good as they are.
static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon/languages");
    let files = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let lists: Vec<(String, String)> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    Languages::new(lists.iter().map(|(code, list)| (code.as_str(), list.as_str()))).unwrap()
});

fn document<'a>(title: Option<&'a str>, text: &'a str) -> Document<'a> {
    Document::new(title, text, &FOLDING, &LANGUAGES)
}

fn body(text: &str) -> Field<'_> {
    document(None, text).fields.pop().unwrap()
}

fn headline(title: &str) -> Field<'_> {
    document(Some(title), "").field(FieldName::Title).cloned().unwrap()
}

/// The sentences as text; headings begin with `# `.
fn sentences_of(field: &Field<'_>) -> Vec<String> {
    let mark = |heading| if heading { "# " } else { "" };
    field.sentences.iter().map(|s| format!("{}{}", mark(s.heading), field.str(s.span))).collect()
}
