//! `trees prove` and `trees diff`: whether the trees keep the law, and what a change of them changes.

use anyhow::Result;
use clap::ArgMatches;

use sekretesskoll::case;
use sekretesskoll::language::Lang;
use sekretesskoll::law::Provision;
use sekretesskoll::prove::diff::{self, Difference};
use sekretesskoll::prove::mutate::{Fate, Killer, Mutant, Operator, mutate};
use sekretesskoll::prove::{
    Covered, Invariants, Proof, prove as proof_of, prove_guides as proof_of_guides, tell,
};
use sekretesskoll::tree::Tree;
use sekretesskoll::tree::words::Words;
use sekretesskoll::trees::{Files, Trees};

use super::{Guided, found, guides, set};
use crate::cli::guide::phrases::guides_proof;
use crate::cli::{Exit, clock, files, out, phrases, rows, say};

/// Proves the trees against their invariants, and with `--mutate` says how well they are guarded.
pub(super) fn prove(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let (files, trees) = set(lang, matches)?;
    let trees = match trees {
        Ok(trees) => trees,
        Err(findings) => return found(lang, &findings),
    };
    let invariants = match Invariants::of(&files, &trees) {
        Ok(invariants) => invariants,
        Err(findings) => return found(lang, &findings),
    };
    let words = Words {
        trees: &trees,
        day: clock::today()?,
        lang,
    };
    let proof = proof_of(&trees, &invariants);
    let all = trees.all().to_vec();
    let provisions: Vec<&Provision> = trees.laws.provisions.values().collect();
    out(&report(words, &invariants, &proof, (&all, &provisions)))?;
    let (cases, findings) = case::check(&trees, &files);
    if !findings.is_empty() {
        return found(lang, &findings);
    }
    say(&phrases::cases_hold(lang, &cases));
    let of_guides = match guides(trees.clone(), &files) {
        Ok(guided) => guided
            .map(|guided| prove_guides(words, &guided))
            .transpose()?,
        Err(findings) => return found(lang, &findings),
    };
    let scored = matches
        .get_flag("mutate")
        .then(|| score(lang, &trees, &files, &invariants));
    let well_guarded = scored.transpose()?.unwrap_or(true);
    let proofs = [Some(proof), of_guides].into_iter().flatten();
    let exits = proofs.map(|proof| exit(&proof, well_guarded));
    // What could not be told weighs more than what was found.
    Ok(exits.max_by_key(|exit| *exit as u8).unwrap_or(Exit::Done))
}

/// Proves the guides in the same way.
fn prove_guides(words: Words<'_>, guided: &Guided) -> Result<Proof> {
    let Guided {
        trees,
        invariants,
        cases,
    } = guided;
    let words = Words { trees, ..words };
    let proof = proof_of_guides(trees, invariants);
    let all: Vec<&Tree> = trees.guides.trees().collect();
    let own = trees.guides.own_provisions(&trees.laws);
    let provisions: Vec<&Provision> = own.collect();
    out(&line(""))?;
    out(&line(&guides_proof(words.lang)))?;
    out(&report(words, invariants, &proof, (&all, &provisions)))?;
    say(&phrases::cases_hold(words.lang, cases));
    Ok(proof)
}

fn exit(proof: &Proof, well_guarded: bool) -> Exit {
    if !proof.given_up.is_empty() {
        return Exit::Undetermined;
    }
    if proof.holds() && well_guarded {
        Exit::Done
    } else {
        Exit::Found
    }
}

/// What was covered, and everything that does not hold.
fn report(
    words: Words<'_>,
    invariants: &Invariants,
    proof: &Proof,
    all_there_is: (&[&Tree], &[&Provision]),
) -> String {
    let lang = words.lang;
    let mut text = rows(&columns(lang), proof.covered.iter().map(row));
    text.push_str(&line(&phrases::covered(
        lang,
        &proof.authorities,
        &proof.days,
    )));
    let gave_up = proof
        .given_up
        .iter()
        .map(|tree| phrases::gave_up(lang, tree));
    text.extend(gave_up.map(|said| line(&said)));
    let all = proof.stuck.is_empty() && proof.given_up.is_empty();
    let covered = all.then(|| phrases::all_covered(lang));
    let reached = (all && proof.unreached.is_empty()).then(|| reached(lang, all_there_is, proof));
    text.extend(
        covered
            .into_iter()
            .chain(reached)
            .map(|said| line(&wrapped(&said))),
    );
    for broken in &proof.broken {
        text.push_str(&line(&phrases::claim_broken(lang)));
        text.extend(
            tell::broken(words, invariants, broken)
                .iter()
                .map(|said| line(&wrapped(said))),
        );
    }
    let idle = proof
        .idle
        .iter()
        .map(|claim| phrases::claim_idle(lang, claim));
    let stuck = proof
        .stuck
        .iter()
        .map(|place| phrases::walk_stuck(lang, place));
    let unreached = proof
        .unreached
        .iter()
        .map(|place| phrases::never_reached(lang, place));
    let spare = proof
        .spare
        .iter()
        .map(|place| phrases::spare_answer(lang, place));
    let heading = (!proof.needless.is_empty()).then(|| phrases::asked_all_the_same(lang));
    let needless = proof
        .needless
        .iter()
        .map(|one| format!("  {}", tell::needless(words, one)));
    let needless = heading.into_iter().chain(needless);
    let said = idle
        .chain(stuck)
        .chain(unreached)
        .chain(spare)
        .chain(needless);
    text.extend(said.map(|said| line(&wrapped(&said))));
    let holding = proof
        .claims
        .saturating_sub(proof.broken.len() + proof.idle.len());
    text.push_str(&line(&phrases::claims_hold(lang, &holding, &proof.claims)));
    text
}

/// How much there is that some path reaches; answers that are refused, or for what nothing is today, left out.
fn reached(lang: Lang, (all, provisions): (&[&Tree], &[&Provision]), proof: &Proof) -> String {
    let questions = all.iter().flat_map(|tree| &tree.questions);
    let answers = questions.clone().flat_map(|question| &question.answers);
    let answers = answers.filter(|answer| !answer.refuse).count();
    let outcomes: usize = all.iter().map(|tree| tree.outcomes.len()).sum();
    let wordings: usize = provisions
        .iter()
        .map(|provision| provision.versions.len())
        .sum();
    phrases::all_reached(
        lang,
        &questions.count(),
        &answers.saturating_sub(proof.spare.len()),
        &outcomes,
        &provisions.len(),
        &wordings,
    )
}

fn columns(lang: Lang) -> [String; 5] {
    [
        phrases::column_tree(lang),
        phrases::column_paths(lang),
        phrases::column_situations(lang),
        phrases::column_walks(lang),
        phrases::column_on_days(lang),
    ]
}

fn row(covered: &Covered) -> [String; 5] {
    [
        covered.tree.clone(),
        covered.paths.to_string(),
        covered.facts.to_string(),
        covered.walks.to_string(),
        covered.on_days.to_string(),
    ]
}

fn line(text: &str) -> String {
    format!("{text}\n")
}

/// A long line continues under itself.
fn wrapped(text: &str) -> String {
    let indent = " ".repeat(text.len() - text.trim_start().len());
    crate::cli::screen::indented(text.trim_start(), &indent, &format!("{indent}    "))
}

/// Makes every mutant and says which were noticed; whether at least 98 of 100 that matter were.
fn score(lang: Lang, trees: &Trees, files: &Files, invariants: &Invariants) -> Result<bool> {
    say(&phrases::mutating(lang));
    let mutants = mutate(trees, files, invariants);
    let table = Operator::ALL.map(|operator| tally(lang, operator, &mutants));
    out(&rows(&mutant_columns(lang), table.into_iter()))?;
    let survivors: Vec<&Mutant> = mutants
        .iter()
        .filter(|mutant| mutant.fate == Fate::Survived)
        .collect();
    let lines = survivors
        .iter()
        .map(|mutant| line(&phrases::survived(lang, &mutant.change)));
    out(&lines.collect::<String>())?;
    let killed = mutants
        .iter()
        .filter(|mutant| matches!(mutant.fate, Fate::Killed(_)))
        .count();
    let matter = killed + survivors.len();
    let share = killed * 10_000 / matter.max(1);
    let percent = format!("{}.{:02}", share / 100, share % 100);
    out(&line(&phrases::mutation_score(
        lang, &killed, &matter, &percent,
    )))?;
    Ok(killed * 100 >= matter * 98)
}

fn mutant_columns(lang: Lang) -> [String; 8] {
    [
        phrases::column_change(lang),
        phrases::column_mutants(lang),
        phrases::column_by_loader(lang),
        phrases::column_by_claim(lang),
        phrases::column_by_proof(lang),
        phrases::column_by_case(lang),
        phrases::column_survived(lang),
        phrases::column_equivalent(lang),
    ]
}

fn tally(lang: Lang, operator: Operator, mutants: &[Mutant]) -> [String; 8] {
    let of = || mutants.iter().filter(|mutant| mutant.operator == operator);
    let count =
        |test: &dyn Fn(&Fate) -> bool| of().filter(|mutant| test(&mutant.fate)).count().to_string();
    [
        change(lang, operator),
        of().count().to_string(),
        count(&|fate| *fate == Fate::Killed(Killer::Loader)),
        count(&|fate| matches!(fate, Fate::Killed(Killer::Claim(_)))),
        count(&|fate| *fate == Fate::Killed(Killer::Proof)),
        count(&|fate| matches!(fate, Fate::Killed(Killer::Case(_)))),
        count(&|fate| *fate == Fate::Survived),
        count(&|fate| *fate == Fate::Equivalent),
    ]
}

fn change(lang: Lang, operator: Operator) -> String {
    match operator {
        Operator::Retarget => phrases::change_retarget(lang),
        Operator::Drop => phrases::change_drop(lang),
        Operator::Swap => phrases::change_swap(lang),
        Operator::Motivation => phrases::change_motivation(lang),
        Operator::Accept => phrases::change_accept(lang),
        Operator::Opens => phrases::change_opens(lang),
        Operator::Day => phrases::change_day(lang),
        Operator::List => phrases::change_list(lang),
        Operator::Harm => phrases::change_harm(lang),
        Operator::Bound => phrases::change_bound(lang),
    }
}

/// Which answers lead elsewhere in NEW than in OLD; the built-in trees stand for a missing NEW.
pub(super) fn diff(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let old = matches
        .get_one::<String>("old")
        .map(String::as_str)
        .unwrap_or_default();
    let (old, new) = match matches.get_one::<String>("new") {
        Some(new) => (sound(lang, old)?, sound(lang, new)?),
        None => (crate::cli::built_in(lang)?, sound(lang, old)?),
    };
    let words = Words {
        trees: &new,
        day: clock::today()?,
        lang,
    };
    let difference = diff::diff(&old, &new);
    out(&told(words, &difference))?;
    Ok(if difference.is_empty() {
        Exit::Done
    } else {
        Exit::Found
    })
}

fn sound(lang: Lang, folder: &str) -> Result<Trees> {
    Trees::from_files(&files::read_trees(lang, folder)?)
        .map_err(|findings| crate::cli::unsound(lang, &findings))
}

fn told(words: Words<'_>, difference: &Difference) -> String {
    let (groups, data) = (difference.groups.len(), difference.data.len());
    let summary = phrases::difference_summary(words.lang, &groups, &data);
    let lines = tell::difference(words, difference).into_iter();
    lines
        .chain([summary])
        .map(|said| line(&wrapped(&said)))
        .collect()
}
