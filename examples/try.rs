use lodestream::{article::RawRecord, lexicon::Lexicon, pipeline::*};
use std::{io::Read, sync::Arc, time::Instant};
fn main() {
    let t = Instant::now();
    let lexicon = match Lexicon::embedded() {
        Ok(l) => l,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(2)
        }
    };
    eprintln!("lexicon {} patterns in {:?}", lexicon.pattern_count(), t.elapsed());
    let p = Pipeline::new(&PipelineSettings { explain: true, ..Default::default() }, Arc::new(lexicon)).unwrap();
    let args: Vec<String> = std::env::args().collect();
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    let v = if args.get(1).map(String::as_str) == Some("raw") { serde_json::json!({"raw": s}).to_string() } else { s };
    let t = Instant::now();
    let n: u32 = args.get(2).and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut r = None;
    for _ in 0..n {
        r = Some(p.enrich(&RawRecord { key: None, value: Some(v.as_bytes()), timestamp: None }));
    }
    eprintln!("{:?} each", t.elapsed() / n);
    match r.unwrap() {
        Ok(e) => println!("{}", serde_json::to_string_pretty(&e.event).unwrap()),
        Err(e) => println!("{e:?}"),
    }
}
