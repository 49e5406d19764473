//! The guides as they were when the program was built: their files by name, as a folder of trees has them.

/// Name and content of the guides, their provisions and what must hold on every path of them.
pub(super) const FILES: &[(&str, &str)] = &[
    (
        "guides/after.toml",
        include_str!("../../decision-trees/guides/after.toml"),
    ),
    (
        "guides/complain.toml",
        include_str!("../../decision-trees/guides/complain.toml"),
    ),
    (
        "guides/contact.toml",
        include_str!("../../decision-trees/guides/contact.toml"),
    ),
    (
        "guides/invariants.toml",
        include_str!("../../decision-trees/guides/invariants.toml"),
    ),
    (
        "guides/laws.toml",
        include_str!("../../decision-trees/guides/laws.toml"),
    ),
    (
        "guides/police.toml",
        include_str!("../../decision-trees/guides/police.toml"),
    ),
    (
        "guides/quick-information.toml",
        include_str!("../../decision-trees/guides/quick-information.toml"),
    ),
    (
        "guides/request.toml",
        include_str!("../../decision-trees/guides/request.toml"),
    ),
    (
        "guides/send.toml",
        include_str!("../../decision-trees/guides/send.toml"),
    ),
];

/// Name and content of their worked cases.
pub(super) const CASES: &[(&str, &str)] = &[
];
