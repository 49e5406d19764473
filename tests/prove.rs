//! The built-in trees keep the law on every path.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at once"
)]

use sekretesskoll::embedded;
use sekretesskoll::language::Lang;
use sekretesskoll::prove::{Invariants, prove};
use sekretesskoll::trees::Trees;

fn invariants(trees: &Trees) -> Invariants {
    Invariants::read(embedded::INVARIANTS, trees).unwrap_or_else(|findings| {
        let lines: Vec<String> = findings
            .iter()
            .map(|finding| finding.line(Lang::En))
            .collect();
        panic!("{}", lines.join("\n"))
    })
}

#[test]
fn the_built_in_trees_keep_every_claim() {
    let trees = Trees::built_in().unwrap();
    let proof = prove(&trees, &invariants(&trees));
    assert!(proof.holds(), "{proof:#?}");
}
