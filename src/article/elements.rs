//! What the elements of HTML mean to a reader of plain text.

/// What an open element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    /// Nothing of it is read.
    Dropped,
    /// Nothing of it is read but a headline.
    Header,
    /// A form, or a box that the page calls by a name such as `related` or `breadcrumbs`. Dropped in the end, unless it holds
    /// most of the page (some sites wrap a page in one).
    Beside,
    Article,
    Main,
    Preformatted,
    Title,
    Headline,
}

/// White space that is due before the next character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
    Blank,
}

/// What an element does to the text in it.
pub(super) fn role_of(name: &[u8], hidden: bool, beside: bool) -> Role {
    match name {
        b"script" | b"style" | b"nav" | b"footer" | b"aside" | b"noscript" | b"template" | b"iframe" | b"object"
        | b"svg" | b"math" | b"canvas" | b"audio" | b"video" | b"button" | b"select" | b"textarea" | b"dialog"
        | b"noembed" | b"noframes" | b"noframe" => Role::Dropped,
        // A page whose body is hidden until a script has run is a page all the same.
        b"html" | b"body" => Role::Plain,
        _ if hidden => Role::Dropped,
        b"header" => Role::Header,
        b"form" => Role::Beside,
        b"article" => Role::Article,
        b"main" => Role::Main,
        b"pre" => Role::Preformatted,
        b"title" => Role::Title,
        b"h1" => Role::Headline,
        b"div" | b"section" | b"ul" | b"ol" | b"dl" | b"table" | b"p" if beside => Role::Beside,
        _ => Role::Plain,
    }
}

/// Words of `class` and `id` by which pages call what stands beside their article.
const BESIDE: [&str; 30] = [
    "related",
    "recommend",
    "recommended",
    "recommendation",
    "recommendations",
    "recirculation",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "sharing",
    "share",
    "social",
    "comments",
    "advert",
    "advertisement",
    "newsletter",
    "nav",
    "navbar",
    "navigation",
    "menu",
    "footer",
    "promo",
    "trending",
    "popular",
    "mostread",
    "tags",
    "taglist",
    "toolbar",
    "pagination",
    "disclaimer",
];

/// Whether a `class` or an `id` calls its element something beside the article.
pub(super) fn is_beside(value: &str) -> bool {
    value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| BESIDE.iter().any(|beside| word.eq_ignore_ascii_case(beside)))
}

/// The white space that the tags of an element put between what stands before and after them.
pub(super) fn gap_of(name: &[u8]) -> Gap {
    match name {
        b"td" | b"th" => Gap::Cell,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Gap::Blank,
        b"br" | b"hr" => Gap::Line,
        _ if is_block(name) => Gap::Line,
        _ => Gap::None,
    }
}

/// The elements that begin and end a line, and an open paragraph.
pub(super) fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"body"
            | b"center"
            | b"dd"
            | b"details"
            | b"dialog"
            | b"dir"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figcaption"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"head"
            | b"header"
            | b"hgroup"
            | b"html"
            | b"legend"
            | b"li"
            | b"main"
            | b"menu"
            | b"nav"
            | b"ol"
            | b"p"
            | b"pre"
            | b"section"
            | b"summary"
            | b"table"
            | b"tbody"
            | b"td"
            | b"template"
            | b"tfoot"
            | b"th"
            | b"thead"
            | b"title"
            | b"tr"
            | b"ul"
    )
}

/// The elements that have no content and no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// The elements whose end tag HTML lets one leave out.
pub(super) fn end_is_optional(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"li"
            | b"dt"
            | b"dd"
            | b"option"
            | b"optgroup"
            | b"tr"
            | b"td"
            | b"th"
            | b"thead"
            | b"tbody"
            | b"tfoot"
            | b"colgroup"
            | b"rt"
            | b"rp"
    )
}
