//! The lawyers' room as it was when the program was built.

/// Name and content of the files that decide an assessment, in the order their digest is taken.
pub const FILES: [(&str, &str); 6] = [
    ("laws.toml", include_str!("../decision-trees/laws.toml")),
    ("authorities.toml", include_str!("../decision-trees/authorities.toml")),
    ("route.toml", include_str!("../decision-trees/route.toml")),
    ("item.toml", include_str!("../decision-trees/item.toml")),
    ("sending.toml", include_str!("../decision-trees/sending.toml")),
    ("closing.toml", include_str!("../decision-trees/closing.toml")),
];
