//! The notation of names: `rare earth[s]` → `rare earth`, `rare earths`; `mine | pit[s]` → `mine`, `pit`, `pits`.

/// Expands alternatives and optional parts. Nested or unbalanced brackets are an error in words.
pub(super) fn expand(notation: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for alternative in notation.split(" | ") {
        names.extend(expand_one(alternative)?);
    }
    Ok(names)
}

fn expand_one(notation: &str) -> Result<Vec<String>, String> {
    let mut expanded = vec![String::new()];
    let mut rest = notation;
    while let Some(open) = rest.find('[') {
        let close = rest[open..].find(']').map(|at| open + at);
        let Some(close) = close.filter(|&close| !rest[open + 1..close].contains('[')) else {
            return Err(format!("`{notation}` has an unbalanced or nested `[`"));
        };
        for name in &mut expanded {
            name.push_str(&rest[..open]);
        }
        let with_part: Vec<String> = expanded.iter().map(|name| format!("{name}{}", &rest[open + 1..close])).collect();
        expanded.extend(with_part);
        rest = &rest[close + 1..];
    }
    if rest.contains(']') {
        return Err(format!("`{notation}` has an unbalanced `]`"));
    }
    for name in &mut expanded {
        name.push_str(rest);
    }
    for name in &mut expanded {
        *name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    expanded.retain(|name| !name.is_empty());
    match expanded.is_empty() {
        true => Err("a name is empty".to_owned()),
        false => Ok(expanded),
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn optional_parts() {
        assert_eq!(expand("tin").unwrap(), ["tin"]);
        assert_eq!(expand("rare earth[s]").unwrap(), ["rare earth", "rare earths"]);
        assert_eq!(expand("[the ]Congo[lese]").unwrap(), ["Congo", "the Congo", "Congolese", "the Congolese"]);
        assert_eq!(expand("mine[s] | open pit").unwrap(), ["mine", "mines", "open pit"]);
        assert!(expand("mine | ").is_err());
        assert!(expand("gold[ medal").is_err());
        assert!(expand("gold] medal").is_err());
        assert!(expand("[[a]b]").is_err());
        assert!(expand(" ").is_err());
    }
}
