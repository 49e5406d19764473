//! `trees draw` and `trees book`: a tree as a picture, and on paper.

use anyhow::Result;
use clap::ArgMatches;

use sekretesskoll::language::Lang;
use sekretesskoll::tree::excerpt::Excerpt;
use sekretesskoll::tree::words::Words;
use sekretesskoll::tree::{book, draw};
use sekretesskoll::trees::Trees;

use crate::cli::args::Usage;
use crate::cli::{Exit, clock, lack, out, phrases};

/// Draws a tree, or all of them: for Mermaid as sections of one Markdown document, since a chart holds one tree.
pub(super) fn draw(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees_with_guides(lang, matches)?;
    let words = words(lang, matches, &trees)?;
    let excerpts = excerpts(lang, matches, &trees)?;
    let format = matches.get_one::<String>("format").map(String::as_str);
    out(&match (format, excerpts.as_slice()) {
        (Some("dot"), excerpts) => draw::dot(words, excerpts),
        (_, [one]) => draw::mermaid(words, one),
        (_, all) => one_by_one(all, |excerpt| draw::section(words, excerpt)),
    })?;
    Ok(Exit::Done)
}

/// Tells a tree, or all of them, as Markdown.
pub(super) fn book(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees_with_guides(lang, matches)?;
    let words = words(lang, matches, &trees)?;
    let excerpts = excerpts(lang, matches, &trees)?;
    out(&one_by_one(&excerpts, |excerpt| {
        book::markdown(words, excerpt)
    }))?;
    Ok(Exit::Done)
}

fn one_by_one<'t>(excerpts: &[Excerpt<'t>], told: impl Fn(&Excerpt<'t>) -> String) -> String {
    excerpts.iter().map(told).collect::<Vec<_>>().join("\n")
}

fn words<'t>(lang: Lang, matches: &ArgMatches, trees: &'t Trees) -> Result<Words<'t>> {
    let day = clock::day_or_today(lang, matches)?;
    Ok(Words { trees, day, lang })
}

/// The trees asked for, whole or cut to a route.
fn excerpts<'t>(lang: Lang, matches: &ArgMatches, trees: &'t Trees) -> Result<Vec<Excerpt<'t>>> {
    let chosen = match matches.get_one::<String>("tree") {
        Some(name) => vec![super::named(lang, trees, name)?],
        None => trees.all().to_vec(),
    };
    let route = route(lang, matches, trees)?;
    let excerpt = |tree| match route {
        Some(route) => Excerpt::of_route(tree, route),
        None => Excerpt::whole(tree),
    };
    Ok(chosen.into_iter().map(excerpt).collect())
}

fn route<'m>(lang: Lang, matches: &'m ArgMatches, trees: &Trees) -> Result<Option<&'m str>> {
    let Some(given) = matches.get_one::<String>("route") else {
        return Ok(None);
    };
    if trees.routes().any(|route| route.id == *given) {
        return Ok(Some(given));
    }
    let known = trees.routes().map(|route| route.id.as_str());
    let hint = lack::hint(lang, given, known);
    Err(Usage(phrases::unknown_route(lang, given, &hint)).into())
}
