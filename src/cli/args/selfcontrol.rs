//! `selfcontrol` with `sample`, `results` and `gaps`.

use clap::{Arg, ArgAction, Command};

use sekretesskoll::language::Lang;

use super::{threads, trees_flag, value};

/// The command.
pub(super) fn command(lang: Lang) -> Command {
    let command = Command::new("selfcontrol").alias("egenkontroll").about(lang.pick(
        "Egenkontroll över en mapp: statistik, avvikelser, stickprov och luckor (även: egenkontroll)",
        "Self-control over a folder: statistics, deviations, spot samples and gaps (also: egenkontroll)",
    ));
    period(lang, over(lang, command))
        .args_conflicts_with_subcommands(true)
        .arg(format(
            lang,
            "table|html|csv|json",
            &["table", "html", "csv", "json"],
        ))
        .arg(
            value(
                "suppress",
                lang.pick("ANTAL", "NUMBER"),
                lang.pick(
                    "Visa inga tal under så många (0 visar allt); annars 3 för html och csv, 0 för table och json",
                    "Show no numbers below so many (0 shows all); otherwise 3 for html and csv, 0 for table and json",
                ),
            )
            .value_parser(up_to_hundred),
        )
        .arg(out(lang))
        .subcommands([sample(lang), results(lang), gaps(lang)])
}

/// What is read, and how.
fn over(lang: Lang, command: Command) -> Command {
    command
        .arg(
            Arg::new("path")
                .value_name(lang.pick("MAPP|FIL|-", "FOLDER|FILE|-"))
                .num_args(0..)
                .display_order(1)
                .help(lang.pick(
                    "Mappar eller filer med prövningar, granskningar och expedieringar",
                    "Folders or files with records, reviews and dispatches",
                )),
        )
        .arg(
            value(
                "threads",
                lang.pick("ANTAL", "NUMBER"),
                lang.pick(
                    "Hur många kärnor; annars alla",
                    "How many cores; otherwise all",
                ),
            )
            .value_parser(threads),
        )
        .arg(trees_flag(lang).action(ArgAction::Append))
}

fn period(lang: Lang, command: Command) -> Command {
    let day = lang.pick("DAG", "DAY");
    command
        .arg(value(
            "from",
            day,
            lang.pick(
                "Bara prövningar som blev klara från och med dagen, åååå-mm-dd",
                "Only records finished from the day on, yyyy-mm-dd",
            ),
        ))
        .arg(value(
            "until",
            day,
            lang.pick(
                "Bara prövningar som blev klara till och med dagen",
                "Only records finished until the day, itself counted",
            ),
        ))
}

fn format(lang: Lang, shown: &'static str, formats: &'static [&'static str]) -> Arg {
    value(
        "format",
        shown,
        lang.pick(
            "Hur det skrivs; annars efter filnamnet",
            "How it is written; otherwise by the file's name",
        ),
    )
    .value_parser(formats.to_vec())
    .hide_possible_values(true)
}

fn out(lang: Lang) -> Arg {
    value(
        "out",
        lang.pick("FIL|-", "FILE|-"),
        lang.pick(
            "Ny fil; annars standard out",
            "A new file; otherwise standard out",
        ),
    )
    .short('o')
}

fn sample(lang: Lang) -> Command {
    let command = Command::new("sample").alias("stickprov").about(lang.pick(
        "Dra ett stickprov som vem som helst kan dra om, som checklista att fylla i (även: stickprov)",
        "Draw a sample that anybody can draw again, as a checklist to fill in (also: stickprov)",
    ));
    period(lang, over(lang, command))
        .arg(
            value(
                "number",
                lang.pick("ANTAL", "NUMBER"),
                lang.pick("Hur många prövningar; annars 20", "How many records; otherwise 20"),
            )
            .short('n')
            .value_parser(up_to_thousand),
        )
        .arg(
            value(
                "seed",
                lang.pick("FRÖ", "SEED"),
                lang.pick(
                    "Det som avgör urvalet: bestäm det innan du tittar, till exempel \"2026 andra halvåret\"",
                    "What decides the draw: settle it before you look, for example \"2026 second half\"",
                ),
            )
            .required(true),
        )
        .arg(
            value(
                "stratify",
                "unit|route|outcome",
                lang.pick(
                    "Lika stor andel ur varje enhet, väg eller slut",
                    "The same share of each unit, route or end",
                ),
            )
            .value_parser(["unit", "route", "outcome"])
            .hide_possible_values(true),
        )
        .arg(format(lang, "md|json", &["md", "json"]))
        .arg(out(lang))
}

fn results(lang: Lang) -> Command {
    Command::new("results")
        .alias("resultat")
        .about(lang.pick(
            "Läs ifyllda checklistor och ställ dem mot handlingarna (även: resultat)",
            "Read filled-in checklists and hold them against the documents (also: resultat)",
        ))
        .arg(
            Arg::new("checklist")
                .value_name(lang.pick("CHECKLISTA", "CHECKLIST"))
                .required(true)
                .num_args(1..)
                .display_order(1)
                .help(lang.pick(
                    "Ifyllda checklistor, Markdown eller JSON",
                    "Filled-in checklists, Markdown or JSON",
                )),
        )
        .arg(
            value(
                "records",
                lang.pick("MAPP", "FOLDER"),
                lang.pick(
                    "Mapp som stickprovet drogs ur: drar om det och läser handlingarna",
                    "Folder that the sample was drawn from: draws it again and reads the documents",
                ),
            )
            .action(ArgAction::Append),
        )
        .arg(format(lang, "table|json", &["table", "json"]))
        .arg(out(lang))
        .arg(trees_flag(lang).action(ArgAction::Append))
}

fn gaps(lang: Lang) -> Command {
    let command = Command::new("gaps").alias("luckor").about(lang.pick(
        "Vad som saknas: enheter, granskningar, uppföljning, kontroll av lagtexten (även: luckor)",
        "What is missing: units, reviews, follow-ups, checks of the law (also: luckor)",
    ));
    period(lang, over(lang, command))
        .arg(value(
            "units",
            lang.pick("FIL", "FILE"),
            lang.pick(
                "Enheterna, en på varje rad; rader som börjar med # räknas inte",
                "The units, one on each line; lines that begin with # do not count",
            ),
        ))
        .arg(
            value(
                "law-age",
                lang.pick("DAGAR", "DAYS"),
                lang.pick(
                    "Hur länge sedan lagtexten får ha kontrollerats; annars 365",
                    "How long ago the law may have been checked; otherwise 365",
                ),
            )
            .value_parser(days),
        )
        .arg(
            value(
                "supplement-age",
                lang.pick("DAGAR", "DAYS"),
                lang.pick(
                    "Hur länge det som hölls tillbaka får vänta på svar; annars 30",
                    "How long what was held back may wait for an answer; otherwise 30",
                ),
            )
            .value_parser(days),
        )
        .arg(super::day_flag(
            lang,
            lang.pick(
                "Räkna från en annan dag än i dag, åååå-mm-dd",
                "Count from another day than today, yyyy-mm-dd",
            ),
        ))
        .arg(format(lang, "table|json|csv", &["table", "json", "csv"]))
        .arg(out(lang))
}

fn number(written: &str, least: u32, most: u32) -> Result<u32, String> {
    let number: Option<u32> = written.parse().ok();
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("{least}–{most}"))
}

fn up_to_hundred(written: &str) -> Result<u32, String> {
    number(written, 0, 100)
}

fn up_to_thousand(written: &str) -> Result<u32, String> {
    number(written, 1, 1000)
}

fn days(written: &str) -> Result<u32, String> {
    number(written, 1, 10_000)
}
