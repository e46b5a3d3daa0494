//! The committed articles of benches/corpus.
#![allow(dead_code, reason = "each benchmark uses its part")]

fn lines(text: &str) -> Vec<Vec<u8>> {
    text.lines().map(|line| line.as_bytes().to_vec()).collect()
}

/// The English articles, as JSON.
pub(crate) fn english() -> Vec<Vec<u8>> {
    lines(include_str!("../corpus/en.jsonl"))
}

/// The Chinese articles, as JSON.
pub(crate) fn chinese() -> Vec<Vec<u8>> {
    lines(include_str!("../corpus/zh.jsonl"))
}

/// Those of typical size, 1 to 3.5 KB: about 2 KB on average. The floors are said for these.
pub(crate) fn typical(articles: &[Vec<u8>]) -> Vec<Vec<u8>> {
    articles.iter().filter(|article| (1_000..=3_500).contains(&article.len())).cloned().collect()
}
