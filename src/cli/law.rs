//! `law`: what is in force on a day, since when, and when it was last checked.

use anyhow::Result;
use clap::ArgMatches;
use jiff::civil::Date;

use sekretesskoll::language::Lang;
use sekretesskoll::law::{Authority, Bound, Provision, Version};
use sekretesskoll::trees::Trees;

use crate::cli::args::Usage;
use crate::cli::{Exit, clock, lack, out, phrases, screen};

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees_with_guides(lang, matches)?;
    let day = clock::day_or_today(lang, matches)?;
    let text = match matches.get_one::<String>("key") {
        None => table(lang, &trees, day),
        Some(key) => match (trees.laws.provision(key), trees.laws.authority(key)) {
            (Some(provision), _) => provision_text(lang, &trees, provision, day),
            (None, Some(authority)) => authority_text(lang, &trees, authority, day),
            (None, None) => {
                let keys = trees.laws.provisions.keys().map(String::as_str).chain(
                    trees
                        .laws
                        .authorities
                        .iter()
                        .map(|authority| authority.key.as_str()),
                );
                return Err(Usage(phrases::unknown_provision(
                    lang,
                    key,
                    &lack::hint(lang, key, keys),
                ))
                .into());
            }
        },
    };
    out(&text)?;
    Ok(Exit::Done)
}

fn table(lang: Lang, trees: &Trees, day: Date) -> String {
    let columns = [
        phrases::column_key(lang),
        phrases::column_citation(lang),
        phrases::column_since(lang),
        phrases::column_checked(lang),
    ];
    let rows = trees.laws.provisions.values().filter_map(|provision| {
        let version = provision.on(day)?;
        Some([
            provision.key.clone(),
            version.cite.clone(),
            version.from.to_string(),
            provision.checked_on.to_string(),
        ])
    });
    let provisions = crate::cli::rows(&columns, rows);
    let columns = [
        phrases::column_key(lang),
        phrases::column_name(lang),
        phrases::law_duty_title(lang),
    ];
    let rows = trees.laws.authorities.iter().map(|authority| {
        let bound = authority
            .duty_on(day)
            .map(|duty| bound_text(lang, duty.bound))
            .unwrap_or_default();
        [
            authority.key.clone(),
            authority.name.get(lang).to_owned(),
            bound,
        ]
    });
    format!("{provisions}\n{}", crate::cli::rows(&columns, rows))
}

fn bound_text(lang: Lang, bound: Bound) -> String {
    match bound {
        Bound::Yes => phrases::bound_yes(lang),
        Bound::No => phrases::bound_no(lang),
        Bound::Unclear => phrases::bound_unclear(lang),
    }
}

fn provision_text(lang: Lang, trees: &Trees, provision: &Provision, day: Date) -> String {
    let in_force = provision.on(day);
    let mut lines = vec![format!("{}: {}", provision.key, provision.name.get(lang))];
    lines.push(in_force.map_or_else(
        || phrases::law_not_in_force(lang, &day),
        |version| version.cite.clone(),
    ));
    lines.extend(
        in_force
            .and_then(|version| version.harm)
            .map(|harm| phrases::law_harm(lang, &harm.text(lang))),
    );
    lines.push(phrases::law_checked_on(lang, &provision.checked_on));
    lines.push(phrases::law_confidence(
        lang,
        &provision.confidence.text(lang),
    ));
    lines.extend(
        provision
            .note
            .as_ref()
            .map(|note| format!("{}: {}", phrases::law_note(lang), note.get(lang))),
    );
    lines.extend(
        provision
            .link
            .as_ref()
            .map(|link| format!("{}: {link}", phrases::law_link(lang))),
    );
    let excludes = in_force.map(|version| {
        version
            .excludes
            .iter()
            .filter_map(|key| {
                trees
                    .laws
                    .provision(key)?
                    .on(day)
                    .map(|version| version.cite.clone())
            })
            .collect::<Vec<_>>()
    });
    lines.extend(
        excludes
            .filter(|list| !list.is_empty())
            .map(|list| format!("{}: {}", phrases::law_excludes(lang), list.join(", "))),
    );
    lines.push(format!("{}:", phrases::law_versions(lang)));
    let mut text: String = lines
        .iter()
        .map(|line| format!("{}\n", screen::indented(line, "", "  ")))
        .collect();
    text.extend(
        provision
            .versions
            .iter()
            .map(|version| format!("{}\n", version_line(lang, version))),
    );
    text
}

fn version_line(lang: Lang, version: &Version) -> String {
    let until = version
        .until
        .map_or_else(|| phrases::still(lang), |day| day.to_string());
    let sfs = version
        .sfs
        .as_ref()
        .map(|sfs| format!(" (SFS {sfs})"))
        .unwrap_or_default();
    let unread = if version.unverified {
        format!("; {}", phrases::law_unverified(lang))
    } else {
        String::new()
    };
    format!(
        "  {} – {until}: {}{sfs}{unread}",
        version.from, version.cite
    )
}

fn authority_text(lang: Lang, trees: &Trees, authority: &Authority, day: Date) -> String {
    let citer = sekretesskoll::cite::Citer {
        laws: &trees.laws,
        authority,
        day,
        lang,
        provisions: &[],
        received: None,
    };
    let mut lines = vec![format!("{}: {}", authority.key, authority.name.get(lang))];
    lines.extend(authority.duty_on(day).map(|duty| {
        format!(
            "{}: {} ({})",
            phrases::law_duty_title(lang),
            bound_text(lang, duty.bound),
            citer.duty()
        )
    }));
    let secrecy: Vec<String> = authority
        .secrecy
        .iter()
        .filter(|key| trees.laws.in_force(key, day))
        .map(|key| citer.key(key))
        .collect();
    lines.push(format!(
        "{}: {}",
        phrases::law_secrecy(lang),
        secrecy.join(", ")
    ));
    lines.push(phrases::law_checked_on(lang, &authority.checked_on));
    lines.push(phrases::law_confidence(
        lang,
        &authority.confidence.text(lang),
    ));
    lines.extend(
        authority
            .note
            .as_ref()
            .map(|note| format!("{}: {}", phrases::law_note(lang), note.get(lang))),
    );
    lines.push(format!("{}:", phrases::law_duty_periods(lang)));
    let mut text: String = lines
        .iter()
        .map(|line| format!("{}\n", screen::indented(line, "", "  ")))
        .collect();
    text.extend(authority.duties.iter().map(|duty| {
        let until = duty
            .until
            .map_or_else(|| phrases::still(lang), |day| day.to_string());
        format!(
            "  {}\n",
            phrases::authority_duty(lang, &duty.from, &until, &bound_text(lang, duty.bound))
        )
    }));
    text
}
