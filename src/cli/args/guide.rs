//! The arguments of `guide`.

use clap::{Arg, Command};

use sekretesskoll::language::Lang;

use super::{day_flag, flag, person_flags, trees_flag, value};

pub(super) fn guide(lang: Lang) -> Command {
    Command::new("guide")
        .alias("vagledning")
        .about(lang.pick(
            "Vägledningar om kontakt, polis, klagomål och mer; ensamt listar det dem (även: vagledning)",
            "Guides on contact, police, complaints and more; alone it lists them (also: vagledning)",
        ))
        .arg(
            Arg::new("guide")
                .value_name(lang.pick("NAMN", "NAME"))
                .help(lang.pick("Vägledningen, till exempel contact", "The guide, for example contact")),
        )
        .arg(value(
            "answers",
            lang.pick("FIL|-", "FILE|-"),
            lang.pick(
                "Läs svaren ur en fil, eller gå igenom en sparad vägledning igen",
                "Read the answers from a file, or replay the record of a guide",
            ),
        ))
        .arg(flag(
            "plain",
            lang.pick(
                "Rad för rad, för skärmläsare och rör (även ACCESSIBLE och TERM=dumb)",
                "Line by line, for screen readers and pipes (also ACCESSIBLE and TERM=dumb)",
            ),
        ))
        .arg(day_flag(
            lang,
            lang.pick(
                "Dagen, åååå-mm-dd; för after den dag anmälan kom in; annars i dag",
                "The day, yyyy-mm-dd; for after the day the report came in; otherwise today",
            ),
        ))
        .args(person_flags(lang))
        .arg(value(
            "case",
            lang.pick("NUMMER", "NUMBER"),
            lang.pick("Ett diarienummer", "A reference number"),
        ))
        .arg(value(
            "record",
            lang.pick("FIL|-", "FILE|-"),
            lang.pick(
                "Spara som en ny JSON-fil, eller - för standard out",
                "Save as a new JSON file, or - for standard out",
            ),
        ))
        .arg(value(
            "ics",
            lang.pick("FIL|-", "FILE|-"),
            lang.pick(
                "Skriv dagarna till en ny kalenderfil (bara after)",
                "Write the days to a new calendar file (after only)",
            ),
        ))
        .arg(trees_flag(lang))
}
