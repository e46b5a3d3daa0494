use lodestream::{extract, lexicon::Lexicon, text::Document};
use std::io::Read;
fn main() {
    let lexicon = Lexicon::embedded().unwrap_or_else(|e| panic!("{e}"));
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    let d = Document::new(None, &s, lexicon.folding());
    let f = extract::extract(&d, &lexicon);
    for n in 0..f.scan.sentences.len() as u32 {
        let at = f.scan.sentence_at(n);
        println!("[{n}] {}{}", if f.scan.sentence(n).heading { "# " } else { "" }, f.scan.text(at));
        for c in f.scan.cues_in(n) {
            println!("      {} {:?}", c.class.name(), f.scan.text(c.at));
        }
    }
}
