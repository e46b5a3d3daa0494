use super::*;
use rstest::rstest;
use std::time::{Duration, Instant};

#[rstest]
#[case::plain("no markup at all", "no markup at all")]
#[case::blocks("<p>One</p><p>Two<br>Three</p><div>Four</div>", "One\nTwo\nThree\nFour")]
#[case::inline("a <b>bold</b> <i>word</i>, <a href=x>link</a>s", "a bold word, links")]
#[case::white_space("<p>  a \n\t b&nbsp;c </p>\n\n<p> d</p>", "a b c\nd")]
#[case::entities("AT&amp;T &lt;5 &#37; &eacute; &#x7a00;&#x571f; &nonesuch;", "AT&T <5 % é 稀土 &nonesuch;")]
#[case::unclosed("<p>One<p>Two<ul><li>a<li>b</ul>c", "One\nTwo\na\nb\nc")]
#[case::headings("<h2>Head</h2><p>One</p><h2>Next</h2><p>Two</p>", "Head\n\nOne\n\nNext\n\nTwo")]
#[case::table("<table><tr><th>Metal<th>Price<tr><td>Copper</td><td>9</td></tr></table>", "Metal\tPrice\nCopper\t9")]
#[case::dropped(
    "<nav>n</nav><script>if (a < b) '</p>'</script><style>p{}</style><p>x</p><footer>f</footer><aside>a</aside>",
    "x"
)]
#[case::noscript("<noscript><p>n</p></noscript><template><p>t</p></template><p>x</p>", "x")]
#[case::hidden("<div hidden><div>a</div>b</div><p style='display: none'>c<p>x<span aria-hidden=true>y</span>", "x")]
#[case::hidden_item("<ul><li hidden>a<li>b</ul>", "b")]
#[case::unclosed_nav("<div><nav>n</div><p>x</p>", "x")]
#[case::stray_ends("</div></p></nav>x</b>y</i></p>z", "xy\nz")]
#[case::misnested("<div hidden><b></div>x</b>", "x")]
#[case::svg("<svg><title>icon</title><path/></svg><p>x</p><svg/>y", "x\ny")]
#[case::comment("a<!-- <p>b</p> -->c<![CDATA[d]]>", "ac")]
#[case::header("<header>Site</header><p>x</p>", "x")]
#[case::form(
    "<form>Search <input> here</form><p>A text that is longer than the form is.</p>",
    "A text that is longer than the form is."
)]
#[case::form_around_all("<form><p>A whole page in a form.</p></form>", "A whole page in a form.")]
#[case::article(
    "<div>Teaser</div><article><p>The article, longer than the rest.</p></article><div>More</div>",
    "The article, longer than the rest."
)]
#[case::short_article(
    "<div>The text is out here, all of it.</div><article>Teaser</article>",
    "The text is out here, all of it.\nTeaser"
)]
#[case::main("<p>Menu</p><main><p>The main part of it.</p></main>", "The main part of it.")]
#[case::pre("<pre>one\n  two</pre>", "one\ntwo")]
#[case::hidden_body("<body style='visibility:hidden'><p>x</p>", "x")]
#[case::nothing("<script>x", "")]
#[case::nul("a\0b", "ab")]
fn text(#[case] html: &str, #[case] expect: &str) {
    assert_eq!(read(html, None).text, expect);
}

#[rstest]
#[case::social("<meta property=og:title content='A &amp; B'><title>A - Site</title><h1>C</h1>", Some("A & B"))]
#[case::headline_of_title(
    "<title>Copper rises | Site</title><h1>Site</h1><h1> Copper\n rises</h1>",
    Some("Copper rises")
)]
#[case::title("<title>Copper rises</title><h1>Site</h1>", Some("Copper rises"))]
#[case::headline("<header><h1>Copper <b>rises</b></h1></header><p>x</p>", Some("Copper rises"))]
#[case::none("<p>x</p>", None)]
#[case::icon("<svg><title>icon</title></svg><p>x</p>", None)]
fn title(#[case] html: &str, #[case] expect: Option<&str>) {
    assert_eq!(read(html, None).title.as_deref(), expect);
}

#[test]
fn metadata() {
    let html = "<head><meta content='2025-10-04T07:37:00+08:00' property='article:published_time'>\
        <META NAME=pubdate CONTENT='2025-10-05'><meta property=og:site_name content='The  Site'>\
        <link rel=canonical href='https://site.example/a?b&amp;c'></head>\
        <time datetime='2025-10-06'>today</time><p>x";
    let page = read(html, None);
    assert_eq!(page.published, ["2025-10-04T07:37:00+08:00", "2025-10-05", "2025-10-06"]);
    assert_eq!(page.source.as_deref(), Some("The Site"));
    assert_eq!(page.url.as_deref(), Some("https://site.example/a?b&c"));
}

#[test]
fn the_headline_is_not_read_twice() {
    let html = "<article><h1>Copper rises</h1><p>Body of the text.</p></article>";
    assert_eq!(read(html, None).text, "Body of the text.");
    assert_eq!(read(html, Some("Copper  rises")).text, "Body of the text.");
    assert_eq!(read(html, Some("Another")).text, "Copper rises\n\nBody of the text.");
}

/// A page of four million bytes that is made to be slow; a quadratic reading of any of them takes minutes.
#[rstest]
#[case::nested("<div>", 1_000_000, "x")]
#[case::nested_inline("<b>", 1_000_000, "x")]
#[case::ends("</b></div>", 400_000, "x")]
#[case::hidden("<p hidden>", 400_000, "")]
#[case::comments("<!--", 1_000_000, "")]
#[case::tags_of_tags("<a <", 1_000_000, "")]
#[case::entities("&", 4_000_000, "")]
#[case::articles("<article>", 400_000, "x")]
#[case::headlines("<h1>a", 400_000, "")]
fn linear(#[case] piece: &str, #[case] times: usize, #[case] expect: &str) {
    let start = Instant::now();
    let page = read(&(piece.repeat(times) + "x"), None);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert!(page.text.ends_with(expect));
}

#[test]
fn many_attributes_are_read_in_linear_time() {
    let start = Instant::now();
    let attributes: String = (0..500_000).map(|number| format!(" a{number}")).collect();
    assert_eq!(read(&format!("<p{attributes}>x"), None).text, "x");
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
