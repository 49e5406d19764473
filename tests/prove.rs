//! The built-in trees keep the law on every path, and a set that did not would be caught.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at once"
)]

use std::collections::BTreeSet;

use jiff::civil::Date;
use rayon::prelude::*;
use sekretesskoll::assessment::{ItemOutcome, Whole};
use sekretesskoll::embedded;
use sekretesskoll::language::Lang;
use sekretesskoll::prove::mutate::Steps;
use sekretesskoll::prove::{Broken, Invariants, WholeRule, broken, broken_by, prove, tell};
use sekretesskoll::tree::Outcome;
use sekretesskoll::tree::words::Words;
use sekretesskoll::trees::Trees;
use serde::Deserialize;

fn invariants(trees: &Trees) -> Invariants {
    Invariants::read(embedded::INVARIANTS, trees).unwrap_or_else(|findings| {
        let lines: Vec<String> = findings
            .iter()
            .map(|finding| finding.line(Lang::En))
            .collect();
        panic!("{}", lines.join("\n"))
    })
}

const fn words(trees: &Trees) -> Words<'_> {
    Words {
        trees,
        day: Date::constant(2026, 11, 22),
        lang: Lang::Sv,
    }
}

#[test]
fn the_built_in_trees_keep_every_claim_on_every_path() {
    let trees = Trees::built_in().unwrap();
    let proof = prove(&trees, &invariants(&trees));
    assert!(proof.holds(), "{proof:#?}");
    assert_eq!(proof.authorities, trees.laws.authorities.len());
    assert_eq!(proof.claims, invariants(&trees).claims.len());
    let trees: Vec<&str> = proof
        .covered
        .iter()
        .map(|covered| covered.tree.as_str())
        .collect();
    assert_eq!(trees, ["route", "item", "sending", "closing", "whole"]);
}

/// The numbers of the statements that the claims are parts of.
#[test]
fn every_one_of_the_twenty_five_statements_is_claimed() {
    let trees = Trees::built_in().unwrap();
    let claimed: BTreeSet<u8> = invariants(&trees)
        .claims
        .iter()
        .flat_map(|claim| claim.holds.clone())
        .collect();
    assert_eq!(
        claimed.into_iter().collect::<Vec<_>>(),
        (1..=25).collect::<Vec<_>>()
    );
}

#[derive(Deserialize)]
struct BrokenTrees {
    broken: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    claim: String,
    #[serde(default)]
    change: Vec<String>,
    #[serde(default)]
    edit: Vec<Edit>,
}

#[derive(Deserialize)]
struct Edit {
    file: String,
    find: String,
    replace: String,
}

fn entries() -> Vec<Entry> {
    let text = std::fs::read_to_string("tests/broken.toml").unwrap();
    toml::from_str::<BrokenTrees>(&text).unwrap().broken
}

impl Entry {
    fn trees(&self, sound: &Trees, steps: &Steps) -> Trees {
        if self.edit.is_empty() {
            let taken = steps.take(sound, &self.change);
            return taken.unwrap_or_else(|| panic!("{}: {:?}", self.claim, self.change));
        }
        let mut files = embedded::files();
        for edit in &self.edit {
            let text = files.get_mut(&edit.file).unwrap();
            assert_eq!(
                text.matches(&edit.find).count(),
                1,
                "{}: {}",
                self.claim,
                edit.find
            );
            *text = text.replace(&edit.find, &edit.replace);
        }
        Trees::from_files(&files)
            .unwrap_or_else(|findings| panic!("{}: {:?}", self.claim, findings))
    }
}

fn told(trees: &Trees, invariants: &Invariants, broken: &Broken) -> String {
    tell::broken(words(trees), invariants, broken).join("\n")
}

#[test]
fn every_claim_catches_a_broken_tree_and_shows_the_way() {
    let sound = Trees::built_in().unwrap();
    let invariants = invariants(&sound);
    let steps = Steps::of(&embedded::files());
    let witness = |entry: &Entry| {
        let trees = entry.trees(&sound, &steps);
        let found = broken(&trees, &invariants, &entry.claim);
        let found =
            found.unwrap_or_else(|| panic!("{} does not notice {:?}", entry.claim, entry.change));
        format!(
            "[{}]\n{}\n",
            entry.change.join("; "),
            told(&trees, &invariants, &found)
        )
    };
    let witnesses: Vec<String> = entries().par_iter().map(witness).collect();
    insta::assert_snapshot!("witnesses", witnesses.join("\n"));
}

/// Which claims have a broken tree: all but those about the whole, which is a rule of the program.
#[test]
fn every_claim_has_its_broken_tree() {
    let trees = Trees::built_in().unwrap();
    let claims = invariants(&trees);
    let of_trees = claims.claims.iter().filter(|claim| claim.tree != "whole");
    let ids: Vec<String> = of_trees.map(|claim| claim.id.clone()).collect();
    let entries: Vec<String> = entries().into_iter().map(|entry| entry.claim).collect();
    assert_eq!(entries, ids);
}

/// Rules that somebody could have written instead of the program's, and the claims that each breaks.
#[test]
fn every_claim_about_the_whole_catches_a_broken_rule() {
    let trees = Trees::built_in().unwrap();
    let claims = invariants(&trees);
    let whole = claims.claims.iter().filter(|claim| claim.tree == "whole");
    let expected: BTreeSet<&str> = whole.map(|claim| claim.id.as_str()).collect();
    let rules: [WholeRule; 4] = [
        |route, first, items| {
            if items.contains(&ItemOutcome::Refer) {
                Some(Whole::Refer)
            } else {
                kind(route, first, items)
            }
        },
        |_, _, _| Some(Whole::Ready),
        |_, _, _| None,
        |route, _, _| Some(route.whole.unwrap_or(Whole::NothingToSend)),
    ];
    let mut lines = Vec::new();
    let mut caught = BTreeSet::new();
    for (number, rule) in rules.into_iter().enumerate() {
        for broken in broken_by(&trees, &claims, rule) {
            lines.push(format!("[{number}]\n{}\n", told(&trees, &claims, &broken)));
            caught.insert(broken.claim);
        }
    }
    assert_eq!(
        caught.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        expected
    );
    insta::assert_snapshot!("broken_rules", lines.join("\n"));
}

/// The program's rule, but for the items.
fn kind(route: &Outcome, first: Option<ItemOutcome>, items: &[ItemOutcome]) -> Option<Whole> {
    sekretesskoll::assessment::whole(route, first, items)
}

/// Claims that would pass for proved whatever the trees say.
#[test]
fn a_claim_that_can_say_nothing_is_a_finding() {
    let trees = Trees::built_in().unwrap();
    let many = vec!["asked = link"; 65].join(" | ");
    let claims = [
        ("item", "never = [\"opened = evidnt\"]"),
        ("item", "never = [\"route.whmo = child\"]"),
        ("item", "never = [\"route.whom = chld\"]"),
        ("item", "never = [\"route.duty = yes\"]"),
        ("item", "never = [\"route = no-report\"]"),
        ("item", "never = [\"in-force.osl-99-9 = yes\"]"),
        ("item", "never = [\"authority.duty-section = osl-99-9\"]"),
        ("item", "never = [\"cites = {bogus}\"]"),
        ("item", "never = [\"provision = @always-bound\"]"),
        ("item", "never = [\"authority = @absolute\"]"),
        ("item", "never = []"),
        ("item", "requires = []"),
        (
            "item",
            "when = [\"item.form = document\"]\noffers = \"unsure\"",
        ),
        ("item", "offers = \"unsure\"\nexcept = [\"nowhere\"]"),
        ("item", &format!("never = [\"{many}\"]")),
        ("whole", "always = [\"whole = stopped\"]"),
        ("whole", "offers = \"unsure\""),
        ("whole", "never = [\"day >= 2009-06-30\"]"),
    ];
    for (tree, said) in claims {
        let text = format!(
            "{}\n[[invariant]]\nid = \"new\"\nholds = [1]\ntree = \"{tree}\"\ntext.sv = \"x\"\ntext.en = \"x\"\n{said}\n",
            embedded::INVARIANTS
        );
        assert!(Invariants::read(&text, &trees).is_err(), "{said}");
    }
}

/// A law that ends and that nothing follows: the day after its last day is proved too.
#[test]
fn a_law_that_lapses_is_noticed() {
    let mut files = embedded::files();
    let laws = files.get_mut("laws.toml").unwrap();
    let at = laws.find("key          = \"osl-10-27\"").unwrap();
    let end = at + laws[at..].find("[[provision]]").unwrap();
    let from = at + laws[at..end].rfind("\nfrom").unwrap();
    laws.insert_str(from, "\nuntil = \"2030-12-31\"");
    let trees = Trees::from_files(&files).unwrap_or_else(|findings| panic!("{findings:?}"));
    let broken = broken(&trees, &invariants(&trees), "excluded-as-listed");
    assert_eq!(
        broken.unwrap().witness.unwrap().day,
        Date::constant(2031, 1, 1)
    );
}

/// The tree does not tell these two authorities apart: a way for the one is no way for the other.
#[test]
fn what_is_always_there_is_there_for_each_authority() {
    let trees = Trees::built_in().unwrap();
    let text = format!(
        "{}\n[[invariant]]\nid = \"new\"\nholds = [1]\ntree = \"closing\"\ntext.sv = \"x\"\ntext.en = \"x\"\nalways = [\"outcome = done\", \"authority != kronofogden\"]\n",
        embedded::INVARIANTS
    );
    let claims = Invariants::read(&text, &trees).unwrap();
    assert!(broken(&trees, &claims, "new").is_some());
}

fn edited(
    file: &str,
    find: &str,
    replace: &str,
) -> Result<Trees, Vec<sekretesskoll::finding::Finding>> {
    let mut files = embedded::files();
    let text = files.get_mut(file).unwrap();
    assert!(text.contains(find), "{find}");
    *text = text.replacen(find, replace, 1);
    Trees::from_files(&files)
}

/// What the search cannot follow is no tree: the day of knowledge comes before all that turns on it.
#[test]
fn the_day_of_knowledge_comes_first() {
    let switch = |start: &str, goto: &str, stop: &str| {
        format!(
            "start = \"early\"\n\n[[question]]\nid = \"early\"\nknown = \"authority.duty-after-knowledge\"\nanswer = [{{ key = \"yes\", goto = \"{stop}\" }}, {{ key = \"no\", goto = \"{goto}\" }}]\n{start}"
        )
    };
    let route = edited(
        "route.toml",
        "start = \"followed\"\n",
        &switch("", "followed", "no-report"),
    );
    assert!(route.is_err());
    let closing = edited(
        "closing.toml",
        "start = \"route-of-report\"\n",
        &switch("", "route-of-report", "enough"),
    );
    assert!(closing.is_err());
}
