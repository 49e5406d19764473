//! Guides: sound, proved, walked to every outcome from outside, dated, recorded and replayed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use program::{Home, Run};
use sekretesskoll::embedded;
use sekretesskoll::finding::{Code, Finding};
use sekretesskoll::guide::case::{GuideCase, check};
use sekretesskoll::guide::{CASES, GuideAnswers, GuideRecord, Unfit, follow};
use sekretesskoll::language::Lang;
use sekretesskoll::prove::{Invariants, prove_guides};
use sekretesskoll::schema;
use sekretesskoll::seal;
use sekretesskoll::trees::{Files, Trees};
use serde_json::{Value, json};

fn guides() -> Trees {
    loaded(&embedded::guides()).expect("the built-in guides are sound")
}

fn loaded(files: &Files) -> Result<Trees, Vec<Finding>> {
    Trees::built_in().expect("sound trees").with_guides(files)
}

/// The files with one text in one of them replaced.
fn edited(name: &str, from: &str, to: &str) -> Files {
    let mut files = embedded::guides();
    let text = files.get_mut(name).unwrap_or_else(|| panic!("{name}"));
    assert!(text.contains(from), "{name} holds `{from}`");
    *text = text.replacen(from, to, 1);
    files
}

fn cases() -> Vec<(String, GuideCase)> {
    let files = embedded::guides().into_iter();
    let cases = files.filter(|(name, _)| name.starts_with(CASES));
    cases
        .map(|(name, text)| {
            let case = GuideCase::read(&name, &text).expect("a case");
            (name, case)
        })
        .collect()
}

// ---- the library: sound, proved, and no part of the assessment -------------------------------------

#[test]
fn what_is_built_in_is_what_lies_in_the_folder() {
    let mut folder = Files::new();
    for (part, prefix) in [("guides", "guides/"), ("guides/cases", CASES)] {
        for entry in fs::read_dir(format!("decision-trees/{part}")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_string_lossy();
                folder.insert(
                    format!("{prefix}{name}"),
                    fs::read_to_string(&path).unwrap(),
                );
            }
        }
    }
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&embedded::guides()), names(&folder));
    assert!(embedded::guides() == folder, "build anew");
}

#[test]
fn the_guides_asked_for_are_there_by_both_names() {
    let trees = guides();
    for (name, also) in [
        ("after", "efter"),
        ("complain", "klaga"),
        ("contact", "kontakt"),
        ("police", "polis"),
        ("quick-information", "snabbupplysning"),
        ("request", "begaran"),
        ("sending", "sandning"),
    ] {
        let guide = trees.guides.find(name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(guide.name(), name);
        assert_eq!(
            trees
                .guides
                .find(also)
                .map(sekretesskoll::guide::Guide::name),
            Some(name)
        );
    }
    assert_eq!(trees.guides.all().len(), 7);
}

#[test]
fn an_assessment_neither_loads_guides_nor_notices_a_change_of_them() {
    let plain = Trees::built_in().unwrap();
    assert!(plain.guides.all().is_empty());
    let with = guides();
    assert_eq!(plain.digest, with.digest);
    assert_eq!(plain.laws.version, with.laws.version);
    let other = loaded(&edited(
        "guides/laws.toml",
        "2 kap. 12 § TF",
        "2 kap. 12 § tryckfrihetsförordningen",
    ))
    .unwrap();
    assert_eq!(plain.digest, other.digest);
    assert_ne!(with.guides.digest, other.guides.digest);
    // A case and a claim decide nothing.
    let case = loaded(&edited("guides/cases/quick-hear.toml", "nådd", "nådd igen")).unwrap();
    assert_eq!(with.guides.digest, case.guides.digest);
}

#[test]
fn the_sending_guide_is_the_sending_of_the_assessment() {
    let trees = guides();
    let guide = trees.guides.find("sending").unwrap();
    assert_eq!(
        guide.tree.questions.len(),
        1,
        "one question and no second copy"
    );
    let mut document = GuideAnswers::new("sending");
    document.on = Some("2026-11-22".parse().unwrap());
    document.authority = Some("forsakringskassan".to_owned());
    document.answers.insert(
        "somebody-protected".to_owned(),
        sekretesskoll::walk::Given::answer("yes"),
    );
    let guided = follow(&trees, &document).unwrap();
    let (tree, question) = guided.next().unwrap();
    assert_eq!(tree.name, trees.sending.name);
    assert_eq!(question.id, "board");
    let shown = guided
        .shown()
        .any(|(_, question, step)| question.id == "protected" && step.key == Some("yes"));
    assert!(shown, "the answer is known in the tree that follows");
}

#[test]
fn every_worked_case_holds_and_every_outcome_has_one() {
    let (trees, files) = (guides(), embedded::guides());
    let (count, findings) = check(&trees, &files);
    let told: Vec<String> = findings
        .iter()
        .map(|finding| finding.line(Lang::En))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
    assert_eq!(count, cases().len());
    assert!(count >= 80);
}

#[test]
fn a_case_that_does_not_hold_is_found() {
    for (name, from, to, what) in [
        (
            "after-14-days",
            "decision = \"2015-03-16\"",
            "decision = \"2015-03-17\"",
            "dates",
        ),
        (
            "contact-jo-1376-2013",
            "outcome = \"not-this-way\"",
            "outcome = \"encrypted\"",
            "outcome",
        ),
        (
            "police-duty",
            "never-cites = [\"osl-10-21\"",
            "never-cites = [\"osl-10-28\", \"osl-10-21\"",
            "never-cites",
        ),
        ("complain-ivo-named", "open = 1", "open = 0", "open"),
        (
            "quick-hear",
            "cites = [\"fb-6-20\"",
            "cites = [\"osl-10-27\", \"fb-6-20\"",
            "cites",
        ),
        (
            "contact-personal-data",
            "needs = [\"agreed: personal-data\"]",
            "needs = []",
            "needs",
        ),
    ] {
        let files = edited(&format!("guides/cases/{name}.toml"), from, to);
        let (_, findings) = check(&guides(), &files);
        let found = findings.iter().any(|finding| {
            finding.code == Code::CaseFails
                && finding.place.file.contains(name)
                && finding.line(Lang::En).contains(what)
        });
        assert!(found, "{name}: {findings:#?}");
    }
    let mut files = embedded::guides();
    files.remove("guides/cases/quick-hear.toml");
    let (_, findings) = check(&guides(), &files);
    assert!(
        findings
            .iter()
            .any(|finding| finding.code == Code::OutcomeWithoutCase),
        "{findings:#?}"
    );
}

#[test]
fn every_claim_holds_on_every_path() {
    let (trees, files) = (guides(), embedded::guides());
    let invariants = Invariants::of_guides(&files, &trees).expect("the claims can be read");
    let proof = prove_guides(&trees, &invariants);
    assert!(proof.holds(), "{proof:#?}");
    assert_eq!(proof.covered.len(), trees.guides.all().len());
    assert!(proof.claims >= 68);
}

#[test]
fn a_guide_that_breaks_a_claim_is_told_with_a_way_to_break_it() {
    for (file, from, to, claim) in [
        (
            "contact",
            r#"key = "unsure", goto = "safe-way""#,
            r#"key = "unsure", goto = "whom""#,
            "danger-sends-nothing",
        ),
        (
            "contact",
            r#"key = "no",     goto = "not-this-way""#,
            r#"key = "no",     goto = "agreed-simple""#,
            "sensitive-never-in-the-open",
        ),
        (
            "contact",
            r#"key = "some",    goto = "call-first""#,
            r#"key = "some",    goto = "exception""#,
            "exception-needs-urgency-and-attempts",
        ),
        (
            "contact",
            r#"key = "refused",   goto = "urgent""#,
            r#"key = "refused",   goto = "neutral-message""#,
            "a-no-is-respected",
        ),
        (
            "police",
            r#"key = "unsure", goto = "duty", "#,
            r#"key = "unsure", goto = "after-act", "#,
            "needed-and-not-clear-is-duty",
        ),
        (
            "police",
            r#"{ key = "csn",                     goto = "secrecy-own" }"#,
            r#"{ key = "csn",                     goto = "secrecy" }"#,
            "agency-never-asked-about-minors",
        ),
        (
            "police",
            r#"known  = "in-force.lag-2025-170"
answer = [{ key = "yes", goto = "needed" }, { key = "no", goto = "after-act" }]"#,
            r#"known  = "in-force.lag-2025-170"
answer = [{ key = "yes", goto = "needed" }, { key = "no", goto = "needed" }]"#,
            "act-not-before-2025-04-01",
        ),
        (
            "police",
            r#"{ key = "social-other", goto = "barred" },
  { key = "ombudsman",    goto = "barred" },
  { key = "exempt",       goto = "barred" },
  { key = "closed",       goto = "barred" },
  { key = "*",            goto = "interest" }"#,
            r#"{ key = "social-other", goto = "interest" },
  { key = "ombudsman",    goto = "barred" },
  { key = "exempt",       goto = "barred" },
  { key = "closed",       goto = "barred" },
  { key = "*",            goto = "interest" }"#,
            "10-27-never-for-its-list",
        ),
        (
            "police",
            r#"{ key = "halso-och-sjukvard",      goto = "after-act" }"#,
            r#"{ key = "halso-och-sjukvard",      goto = "legal-municipality" }"#,
            "section-6-only-for-municipalities",
        ),
        (
            "complain",
            r#"key = "no",  goto = "board",      text"#,
            r#"key = "no",  goto = "breaks-law", text"#,
            "ivo-after-the-board",
        ),
        (
            "after",
            r#"{ key = "unclear", goto = "waiting", "#,
            r#"{ key = "unclear", goto = "waiting-without", "#,
            "feedback-under-the-duty",
        ),
        (
            "request",
            r#"goto = "whose",             text.sv = "Nej", text.en = "No" },
  { key = "yes", goto = "protect-informant""#,
            r#"goto = "protect-informant", text.sv = "Nej", text.en = "No" },
  { key = "yes", goto = "whose""#,
            "informant-is-protected",
        ),
        (
            "request",
            r#"{ key = "person", goto = "informant" },
  { key = "child",  goto = "child-selection" }"#,
            r#"{ key = "person", goto = "child-selection" },
  { key = "child",  goto = "informant" }"#,
            "child-never-the-whole-report",
        ),
    ] {
        let files = edited(&format!("guides/{file}.toml"), from, to);
        let trees = loaded(&files).unwrap_or_else(|findings| panic!("{claim}: {findings:#?}"));
        let invariants = Invariants::of_guides(&embedded::guides(), &trees).expect("claims");
        let proved = prove_guides(&trees, &invariants);
        let broken: Vec<&str> = proved
            .broken
            .iter()
            .map(|broken| broken.claim.as_str())
            .collect();
        assert!(broken.contains(&claim), "{claim}: {broken:?}");
        let with_way = proved
            .broken
            .iter()
            .any(|broken| broken.claim == claim && broken.witness.is_some());
        assert!(with_way, "{claim} is told with a way");
    }
}

#[test]
fn a_broken_guide_is_refused_with_its_place() {
    for (name, from, to, code, line) in [
        (
            "guides/contact.toml",
            "start    = \"danger\"",
            "start    = \"dangr\"",
            Code::UnknownGoto,
            true,
        ),
        (
            "guides/contact.toml",
            "law     = [\"jo-494-2016\"]",
            "law     = [\"jo-494-2017\"]",
            Code::UnknownLaw,
            true,
        ),
        (
            "guides/contact.toml",
            "id      = \"whom\"",
            "id      = \"whom\"\nrole    = \"when\"",
            Code::WrongShape,
            true,
        ),
        (
            "guides/contact.toml",
            "id      = \"whom\"",
            "id      = \"whom\"\nopens   = \"duty\"",
            Code::WrongShape,
            true,
        ),
        (
            "guides/contact.toml",
            "names    = [\"contact\", \"kontakt\"]",
            "names    = []",
            Code::WrongShape,
            true,
        ),
        (
            "guides/contact.toml",
            "names    = [\"contact\", \"kontakt\"]",
            "names    = [\"police\"]",
            Code::DuplicateId,
            false,
        ),
        (
            "guides/contact.toml",
            "about.sv = ",
            "abut.sv = ",
            Code::UnknownKey,
            true,
        ),
        (
            "guides/contact.toml",
            "tree     = \"contact\"",
            "tree     = \"kontakt\"",
            Code::UnknownValue,
            true,
        ),
        (
            "guides/contact.toml",
            "Stöd: {jo-494-2016}.\"\"\"",
            "Stöd: {jo-494-2061}.\"\"\"",
            Code::UnknownPlaceholder,
            true,
        ),
        (
            "guides/contact.toml",
            "Hej! Jag heter [namn]",
            "Hej! {namn}",
            Code::UnknownPlaceholder,
            true,
        ),
        (
            "guides/contact.toml",
            "key = \"through\",   goto = \"not-through-others\"",
            "key = \"through\",   goto = \"danger\"",
            Code::Loop,
            true,
        ),
        (
            "guides/contact.toml",
            "next.sv = \"Ring, ses",
            "whole = \"stopped\"\nnext.sv = \"Ring, ses",
            Code::WrongShape,
            true,
        ),
        (
            "guides/send.toml",
            "role    = \"protected\"\n",
            "",
            Code::WrongShape,
            true,
        ),
        (
            "guides/send.toml",
            "goto-tree = \"sending\"",
            "goto-tree = \"closing\"",
            Code::UnknownValue,
            true,
        ),
        (
            "guides/police.toml",
            "known  = \"authority\"",
            "known  = \"authority.name\"",
            Code::UnknownFact,
            true,
        ),
        (
            "guides/police.toml",
            "known  = \"police.secrecy-own\"",
            "known  = \"route.whom\"",
            Code::UnknownFact,
            true,
        ),
        (
            "guides/police.toml",
            "  { key = \"tandvard\",                goto = \"secrecy\" },\n",
            "",
            Code::MissingValue,
            true,
        ),
        (
            "guides/after.toml",
            "from    = [\"opened-day\", \"decision\"]",
            "from    = [\"opened-day\"]",
            Code::WrongShape,
            true,
        ),
        (
            "guides/after.toml",
            "from    = [\"opened-day\", \"decision\"]",
            "from    = [\"decided\", \"decision\"]",
            Code::WrongShape,
            true,
        ),
        (
            "guides/after.toml",
            "from    = [\"opened-day\", \"decision\"]",
            "from    = [\"investigation\"]",
            Code::WrongShape,
            true,
        ),
        (
            "guides/after.toml",
            "months  = 4",
            "months  = 4\ndays    = 1",
            Code::WrongShape,
            true,
        ),
        (
            "guides/after.toml",
            "months  = 4",
            "months  = -4",
            Code::WrongShape,
            true,
        ),
        (
            "guides/after.toml",
            "months  = 4",
            "months  = \"4\"",
            Code::WrongType,
            true,
        ),
        (
            "guides/after.toml",
            "dates   = [\"investigation\"]",
            "dates   = [\"investigations\"]",
            Code::UnknownValue,
            true,
        ),
        (
            "guides/after.toml",
            "id      = \"protection\"",
            "id      = \"protecting\"",
            Code::UnknownValue,
            true,
        ),
        (
            "guides/laws.toml",
            "key          = \"osl-6-3\"",
            "key          = \"osl-6-5\"",
            Code::DuplicateId,
            true,
        ),
        (
            "guides/laws.toml",
            "from  = \"2026-01-15\"",
            "from  = \"2026-02-30\"",
            Code::BadDay,
            true,
        ),
        (
            "guides/laws.toml",
            "checked-on   = \"2026-02-12\"",
            "checked-on   = \"2027-02-12\"",
            Code::CheckedInFuture,
            true,
        ),
        (
            "guides/laws.toml",
            "version = \"2026-11-22\"",
            "version = \"i dag\"",
            Code::BadDay,
            true,
        ),
        (
            "guides/laws.toml",
            "[[provision]]",
            "[[provision]",
            Code::InvalidToml,
            true,
        ),
        (
            "guides/complain.toml",
            "law     = [\"osl-2-1\"]\nhelp.sv",
            "law     = [\"osl-2-1\"]\nhjelp.sv",
            Code::UnknownKey,
            true,
        ),
    ] {
        let findings = loaded(&edited(name, from, to)).err().unwrap_or_default();
        let found = findings.iter().find(|finding| finding.code == code);
        let found = found.unwrap_or_else(|| panic!("{code:?} for {to}: {findings:#?}"));
        assert!(found.place.line >= 1);
        assert!(
            !line || found.place.file == name,
            "{}",
            found.line(Lang::En)
        );
    }
    let mut files = embedded::guides();
    files.remove("guides/laws.toml");
    let findings = loaded(&files).err().unwrap_or_default();
    assert_eq!(
        findings.first().map(|finding| finding.code),
        Some(Code::MissingFile)
    );
    let mut files = embedded::guides();
    let text = files.remove("guides/contact.toml").unwrap();
    files.insert(
        "guides/route.toml".to_owned(),
        text.replace("tree     = \"contact\"", "tree     = \"route\""),
    );
    let findings = loaded(&files).err().unwrap_or_default();
    assert!(
        findings
            .iter()
            .any(|finding| finding.code == Code::WrongShape),
        "{findings:#?}"
    );
    assert!(
        loaded(&Files::new()).unwrap().guides.all().is_empty(),
        "a folder need have no guides"
    );
}

#[test]
fn what_belongs_to_guides_stands_in_no_tree_of_the_assessment() {
    let mut files = embedded::files();
    let text = files.get_mut("closing.toml").unwrap();
    *text = text.replace(
        "text.en = \"Done\"",
        "text.en = \"Done\"\ncopy.sv = \"Hej\"\ncopy.en = \"Hello\"",
    );
    let findings = Trees::from_files(&files).err().unwrap_or_default();
    assert!(
        findings
            .iter()
            .any(|finding| finding.code == Code::WrongShape),
        "{findings:#?}"
    );
}

#[test]
fn a_guide_needs_a_guide_an_authority_and_a_day_within_the_law() {
    let trees = guides();
    let mut document = GuideAnswers::new("kontakten");
    assert_eq!(follow(&trees, &document).err(), Some(Unfit::NoSuchGuide));
    document.guide = "kontakt".to_owned();
    assert_eq!(follow(&trees, &document).err(), Some(Unfit::NoAuthority));
    document.authority = Some("forsakringskasan".to_owned());
    let unknown = Unfit::UnknownAuthority("forsakringskasan".to_owned());
    assert_eq!(follow(&trees, &document).err(), Some(unknown));
    document.authority = Some("forsakringskassan".to_owned());
    assert_eq!(follow(&trees, &document).err(), Some(Unfit::NoDay));
    document.on = Some("2009-06-29".parse().unwrap());
    let first = Unfit::BeforeFirstDay(trees.laws.first_day);
    assert_eq!(follow(&trees, &document).err(), Some(first));
    document.on = Some("2009-06-30".parse().unwrap());
    assert!(follow(&trees, &document).is_ok());
    assert!(
        !format!("{document:?}").contains("forsakringskassan"),
        "no more is printed than must be"
    );
}

// ---- the binary: answers in a file ------------------------------------------------------------------

fn answers_of(case: &GuideCase, at: usize) -> String {
    serde_json::to_string(&case.answers_on(&case.expect[at])).unwrap()
}

#[test]
fn every_case_gives_from_outside_what_it_gives_inside() {
    let (trees, home) = (guides(), Home::empty());
    let validator = jsonschema::validator_for(&schema::guide()).unwrap();
    let answers = jsonschema::validator_for(&schema::guide_answers(&trees)).unwrap();
    let mut reached = BTreeSet::new();
    for (name, case) in cases() {
        for (at, expect) in case.expect.iter().enumerate() {
            let given = answers_of(&case, at);
            let is_wrong = expect.needs.iter().any(|need| need.ends_with("wrong"));
            let fits = answers.is_valid(&serde_json::from_str(&given).unwrap());
            assert!(fits || is_wrong, "{name}: {given}");
            let run = home.pipe(
                &["guide", "--answers", "-", "--record", "-"],
                given.as_bytes(),
            );
            if !expect.needs.is_empty() {
                assert_eq!(run.code, Some(4), "{name}: {run:?}");
                assert_eq!(run.out, "", "{name}");
                continue;
            }
            assert_eq!(run.code, Some(0), "{name}: {run:?}");
            let record: Value = serde_json::from_str(&run.out).unwrap();
            assert!(validator.is_valid(&record), "{name}: {record:#}");
            assert_eq!(record["outcome"]["key"], json!(expect.outcome), "{name}");
            assert!(
                run.err.contains(
                    record["outcome"]["means"]
                        .as_str()
                        .unwrap()
                        .split(':')
                        .next()
                        .unwrap()
                ),
                "{name}: {}",
                run.err
            );
            reached.insert((
                record["guide"]["key"].as_str().unwrap().to_owned(),
                record["outcome"]["key"].as_str().unwrap().to_owned(),
            ));
            let sealed = seal::sealed(run.out.as_bytes()).unwrap();
            assert!(
                sealed.holds() && sealed.kind.as_deref() == Some("guide"),
                "{name}"
            );
            for (id, day) in &expect.dates {
                let dates = record["dates"].as_array().unwrap();
                assert!(
                    dates.iter().any(
                        |date| date["id"] == json!(id) && date["day"] == json!(day.to_string())
                    ),
                    "{name} {id}"
                );
            }
            let again = home.pipe(&["guide", "--answers", "-"], run.out.as_bytes());
            assert_eq!(again.code, Some(0), "{name}: {again:?}");
            assert!(
                again.err.contains("Samma svar ger samma råd"),
                "{name}: {}",
                again.err
            );
        }
    }
    let all: BTreeSet<(String, String)> = trees
        .guides
        .all()
        .iter()
        .flat_map(|guide| {
            let follows = guide
                .tree
                .outcomes
                .iter()
                .find_map(|end| end.goto_tree.as_deref());
            let tree = follows
                .and_then(|name| trees.tree(name))
                .unwrap_or(&guide.tree);
            tree.outcomes
                .iter()
                .map(|end| (guide.name().to_owned(), end.id.clone()))
        })
        .collect();
    let mut left: Vec<_> = all.difference(&reached).collect();
    left.retain(|(guide, _)| guide != "sending");
    assert!(left.is_empty(), "no run ended in {left:?}");
}

const CONTACT: &str = r#"{"guide-answers":1,"guide":"contact","on":"2026-11-22","authority":"socialtjanst","answers":{"danger":{"answer":"no"},"whom":{"answer":"person"},"content":{"answer":"neutral"},"agreed":{"answer":"not-asked"},"urgent":{"answer":"no"}}}"#;
const AFTER: &str = r#"{"guide-answers":1,"guide":"efter","on":"2026-11-21","authority":"forsakringskassan","case":"FK 2026/001234","answers":{"violence":{"answer":"yes"},"decided":{"answer":"no"}}}"#;

#[test]
fn the_advice_holds_a_text_to_copy_as_it_is_in_both_languages() {
    let home = Home::empty();
    let run = home.pipe(&["guide", "contact", "--answers", "-"], CONTACT.as_bytes());
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.err, "");
    assert!(
        run.out
            .contains("\nHej [namn]!\n\nJag heter [ditt namn] och är [titel] på [myndigheten]."),
        "{}",
        run.out
    );
    assert!(run.out.contains("JO dnr 494-2016"), "{}", run.out);
    assert!(
        run.out.contains(" Nu: Skicka brevet i slutet kuvert"),
        "{}",
        run.out
    );
    let run = home.pipe(
        &["guide", "--answers", "-", "--lang", "en"],
        CONTACT.as_bytes(),
    );
    assert!(run.out.contains("\nDear [name],\n"), "{}", run.out);
    assert!(
        !run.out.contains('å'),
        "nothing is left in Swedish: {}",
        run.out
    );
}

#[test]
fn what_was_not_read_is_said_to_be_so() {
    let home = Home::empty();
    let given = r#"{"guide-answers":1,"guide":"request","on":"2026-11-22","authority":"forsakringskassan","answers":{"asker":{"answer":"other"},"what":{"answer":"report"},"about-child":{"answer":"yes"},"harm-report":{"answer":"no"}}}"#;
    let run = home.pipe(&["guide", "--answers", "-"], given.as_bytes());
    assert!(
        run.out.contains("6 kap. 3 § OSL: lydelsen är inte läst."),
        "{}",
        run.out
    );
    assert!(run.out.contains("40 kap. 7 g § OSL"), "{}", run.out);
}

#[test]
fn a_record_is_the_owners_alone_is_never_overwritten_and_tells_when_it_was_changed() {
    let home = Home::of("socialtjanst");
    let answers = home.file("a.json", CONTACT);
    let run = home.run(&["guide", "--answers", &answers, "--record", "r.json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let path = home.work().join("r.json");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let written = fs::read_to_string(&path).unwrap();
    let record: GuideRecord = serde_json::from_str(&written).unwrap();
    assert!(record.is_as_written());
    assert_eq!(
        record.official.as_ref().map(|person| person.name.as_str()),
        Some("Anna Exempel")
    );
    assert!(!format!("{record:?}").contains("Anna"));
    let again = home.run(&["guide", "--answers", &answers, "--record", "r.json"]);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), written);
    let changed = home.file("c.json", written.replace("not-asked", "refused"));
    let run = home.run(&["guide", "--answers", &changed]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.err.contains("kontrollsumman"), "{}", run.err);
}

#[test]
fn a_record_of_other_guides_says_that_the_advice_is_another() {
    let home = Home::of("socialtjanst");
    let answers = home.file("a.json", CONTACT);
    home.run(&["guide", "--answers", &answers, "--record", "r.json"]);
    let folder = home.work().join("trees");
    for (name, text) in embedded::files() {
        let text = if name == "guides/contact.toml" {
            text.replace(
                "key = \"no\",  goto = \"letter\", text.sv = \"Nej, eller osäker\"",
                "key = \"no\",  goto = \"call-first\", text.sv = \"Nej, eller osäker\"",
            )
        } else {
            text
        };
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let run = home.run(&["guide", "--answers", "r.json", "--trees", "trees"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(run.err.contains("inte längre samma råd"), "{}", run.err);
    assert!(run.out.contains("Ring igen"), "{}", run.out);
    assert_eq!(home.run(&["guide", "--answers", "r.json"]).code, Some(0));
    let flags = home.run(&["guide", "--answers", "r.json", "--on", "2026-01-01"]);
    assert_eq!(flags.code, Some(2), "{flags:?}");
    // A folder with broken guides is no hindrance to an assessment: they are not even read.
    fs::write(folder.join("guides/contact.toml"), "tree = ").unwrap();
    let assess = home.run(&["assess", "--trees", "trees", "--answers", "saknas.json"]);
    assert!(assess.err.contains("saknas.json"), "{}", assess.err);
    assert_eq!(
        home.run(&["trees", "check", "--trees", "trees"]).code,
        Some(3)
    );
    let guide = home.run(&["guide", "contact", "--trees", "trees"]);
    assert_eq!(guide.code, Some(1), "{guide:?}");
    assert!(
        guide.err.contains("guides/contact.toml:1:"),
        "{}",
        guide.err
    );
    fs::remove_dir_all(folder.join("guides")).unwrap();
    let none = home.run(&["guide", "--trees", "trees"]);
    assert!(
        none.code == Some(1) && none.err.contains("guides/"),
        "{none:?}"
    );
    assert_eq!(
        home.run(&["trees", "check", "--trees", "trees"]).code,
        Some(0)
    );
}

/// The lines of a calendar, unfolded.
fn lines(calendar: &str) -> Vec<String> {
    assert!(calendar.ends_with("\r\n"));
    assert_eq!(
        calendar.matches('\n').count(),
        calendar.matches("\r\n").count()
    );
    assert!(
        calendar.split("\r\n").all(|line| line.len() <= 75),
        "{calendar}"
    );
    let whole = calendar.replace("\r\n ", "");
    whole
        .split("\r\n")
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn values<'l>(lines: &'l [String], name: &str) -> Vec<&'l str> {
    let named = lines
        .iter()
        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    named.collect()
}

#[test]
fn the_days_become_a_calendar_that_others_can_read() {
    let home = Home::of("forsakringskassan");
    let answers = home.file("a.json", AFTER);
    let run = home.run(&["guide", "--answers", &answers, "--ics", "d.ics"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let path = home.work().join("d.ics");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let lines = lines(&fs::read_to_string(&path).unwrap());
    assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
    assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    assert_eq!(values(&lines, "VERSION"), ["2.0"]);
    let starts = ["20261121", "20261205", "20261212", "20270405"];
    assert_eq!(values(&lines, "DTSTART;VALUE=DATE"), starts);
    assert_eq!(
        values(&lines, "DTEND;VALUE=DATE"),
        ["20261122", "20261206", "20261213", "20270406"]
    );
    let summaries = values(&lines, "SUMMARY");
    assert!(
        summaries
            .iter()
            .all(|summary| summary.contains("(FK 2026/001234)")),
        "{summaries:?}"
    );
    assert!(
        values(&lines, "DESCRIPTION")[1].contains(r"14 kap. 2 § SoL (2025:400)"),
        "{lines:?}"
    );
    assert!(
        values(&lines, "DESCRIPTION")[1].contains("fråga 2026-12-07"),
        "{lines:?}"
    );
    assert!(
        values(&lines, "DTSTAMP")
            .iter()
            .all(|stamp| stamp.len() == 16 && stamp.ends_with('Z'))
    );
    assert!(!lines.iter().any(|line| line.contains("Anna")), "no names");
    let uids: BTreeSet<&str> = values(&lines, "UID").into_iter().collect();
    assert_eq!(uids.len(), 4);
    let other = home.run(&["guide", "--answers", &answers, "--ics", "-"]);
    let other = self::lines(&other.out);
    assert!(
        values(&other, "UID").iter().all(|uid| !uids.contains(uid)),
        "another calendar has other events"
    );
    let again = home.run(&["guide", "--answers", &answers, "--ics", "d.ics"]);
    assert_eq!(again.code, Some(1), "{again:?}");
}

#[test]
fn a_calendar_is_asked_for_only_where_there_are_days() {
    let home = Home::of("forsakringskassan");
    let answers = home.file("a.json", CONTACT);
    for args in [
        &["guide", "contact", "--ics", "d.ics"][..],
        &["guide", "--answers", &answers, "--ics", "d.ics"],
        &["guide", "after", "--ics", "-", "--record", "-"],
    ] {
        let run = home.run(args);
        assert_eq!(run.code, Some(2), "{args:?}: {run:?}");
    }
    let without = r#"{"guide-answers":1,"guide":"after","on":"2025-05-05","authority":"forsakringskassan","answers":{"violence":{"answer":"no"},"decided":{"answer":"not-opened"},"not-opened-day":{"text":"2025-05-12"}}}"#;
    let answers = home.file("w.json", without);
    let run = home.run(&["guide", "--answers", &answers, "--ics", "d.ics"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.contains("inga dagar"), "{}", run.err);
    assert!(!home.work().join("d.ics").exists());
}

#[test]
fn flags_win_over_the_file_and_the_file_over_the_settings() {
    let home = Home::of("csn");
    let bare = r#"{"guide-answers":1,"guide":"quick-information","answers":{}}"#;
    let run = |args: &[&str], text: &str| -> Value {
        let all: Vec<&str> = ["guide", "--answers", "-", "--record", "-"]
            .iter()
            .chain(args)
            .copied()
            .collect();
        serde_json::from_str(&home.pipe(&all, text.as_bytes()).out).unwrap()
    };
    assert_eq!(run(&[], bare)["authority"]["key"], "csn");
    let named = bare.replace(
        "\"answers\":{}",
        "\"authority\":\"tandvard\",\"on\":\"2020-01-01\",\"answers\":{}",
    );
    assert_eq!(run(&[], &named)["authority"]["key"], "tandvard");
    let record = run(
        &[
            "--authority",
            "forskola",
            "--on",
            "2021-02-03",
            "--case",
            "7",
            "--name",
            "B C",
        ],
        &named,
    );
    assert_eq!(record["authority"]["key"], "forskola");
    assert_eq!(record["on"], "2021-02-03");
    assert_eq!(record["case"], "7");
    assert_eq!(record["official"]["name"], "B C");
}

#[test]
fn what_is_missing_or_wrong_is_said_with_its_place() {
    let home = Home::of("forsakringskassan");
    let given = |answers: &str| {
        format!(r#"{{"guide-answers":1,"guide":"contact","on":"2026-11-22","answers":{answers}}}"#)
    };
    for (answers, says) in [
        (
            r"{}",
            "danger: svar saknas (Kan ett meddelande från er sätta någon i fara?)",
        ),
        (
            r#"{"danger":{"answer":"kanske"}}"#,
            "danger: inget sådant svar; välj bland no, yes, unsure",
        ),
        (
            r#"{"danger":{"answer":"no","text":"jag vet"}}"#,
            "danger: svaret tar ingen text",
        ),
        (
            r#"{"danger":{"answer":"no"},"whom":{"answer":"person"},"content":{"answer":"neutral"},"agreed":{"answer":"yes"}}"#,
            "agreed: svaret kräver en motivering",
        ),
        (
            r#"{"danger":{"answer":"yes"},"dangr":{"answer":"no"}}"#,
            "dangr: det finns ingen sådan fråga; menade du `danger`?",
        ),
        (
            r#"{"danger":{"answer":"no"},"whom":{"answer":"person"},"content":{"answer":"neutral"},"agreed":{"answer":"yes","text":"hon sade ja, 19811218-9876"}}"#,
            "agreed: texten verkar innehålla ett personnummer",
        ),
    ] {
        let run = home.pipe(&["guide", "--answers", "-"], given(answers).as_bytes());
        assert_eq!(
            (run.code, run.out.as_str()),
            (Some(4), ""),
            "{answers}: {run:?}"
        );
        assert!(run.err.contains(says), "{says}: {}", run.err);
        assert!(!run.err.contains("9876"), "{}", run.err);
    }
    let kept = given(
        r#"{"danger":{"answer":"no"},"whom":{"answer":"person"},"content":{"answer":"neutral"},"agreed":{"answer":"yes","text":"sade ja, ärende 0701234567"}},"kept":[{"place":"agreed","what":"telephone","reason":"det är ett ärendenummer"}]"#,
    );
    let run = home.pipe(
        &["guide", "--answers", "-", "--record", "-"],
        kept.as_bytes(),
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let record: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(record["kept"][0]["reason"], "det är ett ärendenummer");
    let unused = given(r#"{"danger":{"answer":"yes"},"whom":{"answer":"person"}}"#);
    let run = home.pipe(&["guide", "--answers", "-"], unused.as_bytes());
    assert!(run.code == Some(0) && run.err.contains("whom"), "{run:?}");
}

#[test]
fn bad_input_ends_in_one_sentence_and_the_right_code() {
    let home = Home::of("forsakringskassan");
    let whole = CONTACT.replace("socialtjanst", "forsakringskassan");
    let huge = format!(
        "{{\"guide-answers\":1,\"guide\":\"{}\"}}",
        "x".repeat(17 * 1024 * 1024)
    );
    for (input, code, says) in [
        (b"{".to_vec(), 1, "rad 1"),
        (b"[]".to_vec(), 1, "rad 1"),
        (b"".to_vec(), 1, "tar slut"),
        (b"{\"guide-answers\":1}".to_vec(), 1, "`guide` saknas"),
        (
            whole
                .replace("\"guide-answers\":1", "\"guide-answers\":2")
                .into_bytes(),
            1,
            "format",
        ),
        (
            whole.replace("\"contact\"", "\"contct\"").into_bytes(),
            2,
            "menade du `contact`?",
        ),
        (
            whole.replace("\"on\"", "\"onn\"").into_bytes(),
            1,
            "fältet `onn` finns inte",
        ),
        (
            whole.replace("2026-11-22", "2026-02-30").into_bytes(),
            1,
            "datum",
        ),
        (
            whole.replace("2026-11-22", "2009-06-29").into_bytes(),
            4,
            "2009-06-30",
        ),
        (
            whole
                .replace("forsakringskassan", "forsakringskasan")
                .into_bytes(),
            4,
            "menade du `forsakringskassan`?",
        ),
        (b"\xff\xfe".to_vec(), 1, "UTF-8"),
        (huge.into_bytes(), 1, "16 MB"),
        (b"{\"kind\":\"guide\"}".to_vec(), 1, "sparats"),
        (format!("{whole}{whole}").into_bytes(), 1, "rad 1"),
    ] {
        let run = home.pipe(&["guide", "--answers", "-"], &input);
        assert_eq!(
            (run.code, run.out.as_str()),
            (Some(code), ""),
            "{says}: {run:?}"
        );
        assert!(run.err.contains(says), "{says}: {}", run.err);
        assert_eq!(run.err.trim_end().lines().count(), 1, "{}", run.err);
    }
    let bom = [b"\xef\xbb\xbf", whole.as_bytes()].concat();
    assert_eq!(home.pipe(&["guide", "--answers", "-"], &bom).code, Some(0));
    for (args, code, says) in [
        (&["guide", "--answers", "saknas.json"][..], 1, "finns inte"),
        (&["guide", "kontkt"], 2, "menade du `kontakt`?"),
        (&["guide", "contact", "--on", "2026-02-30"], 2, "2026-02-30"),
        (&["guide", "contact"], 2, "--plain"),
        (
            &["guide", "contact", "--record", "saknas/r.json"],
            1,
            "finns inte",
        ),
        (&["guide", "contact", "--trees", "saknas"], 1, "finns inte"),
    ] {
        let run: Run = home.run(args);
        assert_eq!(
            (run.code, run.out.as_str()),
            (Some(code), ""),
            "{args:?}: {run:?}"
        );
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
    }
    let other = home.pipe(&["guide", "police", "--answers", "-"], whole.as_bytes());
    assert_eq!(other.code, Some(2), "{other:?}");
}

#[test]
fn a_full_disk_says_so_and_leaves_nothing() {
    let home = Home::of("forsakringskassan");
    let run = home.pipe(
        &["guide", "--answers", "-", "--record", "/dev/full"],
        CONTACT.as_bytes(),
    );
    assert_eq!(run.code, Some(1), "{run:?}");
    let mut command = home.command(&["guide", "--answers", "a.json"]);
    home.file("a.json", CONTACT);
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stderr.is_empty());
}

#[test]
fn alone_it_lists_the_guides() {
    let home = Home::empty();
    let run = home.run(&["guide"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.out.lines().count(), 7);
    assert!(
        run.out.lines().all(|line| line.split('\t').count() == 3),
        "{}",
        run.out
    );
    assert_eq!(home.run(&["vagledning"]).out, run.out);
    assert!(
        home.run(&["guide", "--lang", "en"])
            .out
            .contains("May you reach the person that way")
    );
}

#[test]
fn the_lawyers_room_knows_the_guides() {
    let home = Home::empty();
    let list = home.run(&["trees", "list"]);
    for name in ["route", "closing", "contact", "send", "quick-information"] {
        assert!(
            list.out
                .lines()
                .any(|line| line.starts_with(&format!("{name}\t"))),
            "{}",
            list.out
        );
    }
    let check = home.run(&["trees", "check"]);
    assert_eq!(check.code, Some(0), "{check:?}");
    assert!(
        check.err.contains("Vägledningarna är sunda"),
        "{}",
        check.err
    );
    assert!(
        home.run(&["trees", "draw", "police"])
            .out
            .starts_with("flowchart")
    );
    assert!(
        home.run(&["trees", "draw", "kontakt", "--format", "dot"])
            .out
            .contains("digraph")
    );
    let book = home.run(&["trees", "book", "contact"]);
    assert!(
        book.out.contains("Text att kopiera") && book.out.contains("Hej! Jag heter"),
        "{}",
        book.out
    );
    let book = home.run(&["trees", "book", "after"]);
    assert!(
        book.out.contains(
            "- `feedback`: 7 dagar efter opened-day, annars not-opened-day, annars decision"
        ),
        "{}",
        book.out
    );
    assert!(
        home.run(&["trees", "show", "sending"])
            .out
            .contains("board:"),
        "a stage comes before a guide of its name"
    );
    assert!(
        home.run(&["law", "lag-2025-170-5"])
            .out
            .contains("5 § lagen (2025:170)")
    );
    assert!(
        home.run(&["law", "--on", "2010-01-01"])
            .out
            .contains("31 § personuppgiftslagen")
    );
}

// ---- a person ---------------------------------------------------------------------------------------

#[test]
fn a_person_changes_her_mind_asks_why_and_saves() {
    let home = Home::of("socialtjanst");
    let mut terminal = home.terminal(&["guide", "kontakt"]);
    terminal.answer("sätta någon i fara?", "?");
    terminal.answer("Ett sms syns ofta på", "nej");
    terminal.answer("Vem vill du nå?", "2x");
    terminal.answer("Skriv en siffra mellan 1 och 3", "1");
    terminal.answer("Vad ska meddelandet säga?", "3");
    terminal.answer("bara rätt person kan öppna det?", "<");
    terminal.answer("Vad ska meddelandet säga?", "bara");
    terminal.answer("Har personen sagt ja", "3");
    terminal.answer("ett brev kommer för sent?", "1 ring 070-123 45 67");
    terminal.answer("Texten verkar innehålla", "1");
    terminal.answer("ett brev kommer för sent?", "1");
    terminal.answer("Skriv några ord", "tingsrätten väntar på svar");
    terminal.answer("Hur har du försökt", "1 två samtal och ett brev i retur");
    terminal.see("Undantagsvis: en neutral text, en gång");
    terminal.see("Hej! Jag heter [namn]");
    terminal.answer("Spara som en kort JSON-fil?", "?");
    terminal.answer("aldrig över", "vagledning.json");
    terminal.see("Sparat: vagledning.json");
    assert_eq!(terminal.end(), Some(0));
    assert_eq!(terminal.prompts, 15);
    let run = home.run(&["guide", "--answers", "vagledning.json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!run.out.contains("070"), "{}", run.out);
}

#[test]
fn the_sending_is_asked_as_in_an_assessment_and_enter_is_the_day() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["guide", "sending", "--on", "2026-11-22"]);
    terminal.answer("skyddade personuppgifter?", "2");
    terminal.see("Ring nämnden först");
    terminal.answer("Till vilken kommun?", "Exempelstad");
    terminal.answer("Hur skickas anmälan?", "8");
    terminal.see("Så får de här uppgifterna inte skickas");
    terminal.answer("Hur skickas anmälan?", "telefon");
    terminal.answer("När lämnas uppgifterna?", "");
    terminal.see("Telefon till ett känt nummer");
    terminal.answer("Spara", "");
    assert_eq!(terminal.end(), Some(0));
    assert!(terminal.seen.contains("2026-11-22"));
}

#[test]
fn the_list_is_searched_by_a_word_and_the_day_of_the_report_is_asked_for() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["guide"]);
    terminal.see("Vad gäller det?");
    terminal.see("Snabbupplysningar");
    terminal.keys("efter");
    terminal.settle();
    terminal.keys("\r");
    terminal.answer("Vilken dag kom anmälan in", "2026-02-30");
    terminal.answer("Skriv ett datum som finns", "?");
    terminal.answer("Lagen den dagen används", "2026-01-20");
    terminal.answer("Gäller anmälan våld", "2");
    terminal.answer("vad nämnden har beslutat?", "2");
    terminal.answer("Vilken dag inleddes utredningen?", "i mars");
    terminal.answer("Skriv ett datum som finns", "2026-01-31");
    terminal.see("2026-02-07");
    terminal.see("2026-05-31");
    terminal.answer("kalenderfil", "dagar.ics");
    terminal.answer("Spara som", "");
    assert_eq!(terminal.end(), Some(0));
    assert!(
        fs::read_to_string(home.work().join("dagar.ics"))
            .unwrap()
            .contains("DTSTART;VALUE=DATE:20260531")
    );
}

#[test]
fn leaving_and_ctrl_c_keep_nothing_and_say_so() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["guide", "police"]);
    terminal.answer("Är någon i fara just nu?", "<");
    terminal.answer("första frågan", "!");
    terminal.see("Inget är sparat");
    assert_eq!(terminal.end(), Some(0));
    let mut terminal = home.terminal(&["guide", "police"]);
    terminal.see("Är någon i fara just nu?");
    terminal.see(" > ");
    terminal.control('c');
    terminal.see("Inget är sparat");
    assert_eq!(terminal.end(), Some(130));
    assert_eq!(fs::read_dir(home.work()).unwrap().count(), 0);
}

#[test]
fn line_by_line_it_goes_through_a_pipe_without_colours() {
    let home = Home::of("aklagarmyndigheten");
    let run = home.pipe(&["guide", "polis", "--plain"], "1\n3\n\n".as_bytes());
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out.contains("Er myndighet bekämpar själv brott"),
        "{}",
        run.out
    );
    assert!(
        !format!("{}{}", run.out, run.err).contains('\u{1b}'),
        "no escapes"
    );
    let ended = home.pipe(&["guide", "polis", "--plain"], b"1\n");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(ended.out, "");
    let first = Home::empty().pipe(
        &["guide", "polis", "--plain"],
        "åklagar\n1\n3\n\n".as_bytes(),
    );
    assert_eq!(
        first.code,
        Some(0),
        "the authority is asked for where nobody has said it: {first:?}"
    );
}
