//! What stands around a record in an authority's folder: the manager's review of some, the dispatch of most.
//!
//! One unit of Försäkringskassan reviews far less than the others, so that there is a deviation to find.

use anyhow::{Context as _, Result};
use jiff::Span;
use jiff::civil::Date;
use sekretesskoll::answers::Official;
use sekretesskoll::language::Lang;
use sekretesskoll::reconcile::{Dispatch, Sent};
use sekretesskoll::record::{Made, Person, Record};
use sekretesskoll::review::{Review, Verdicts, subjects};
use sekretesskoll::walk::{Answers, Given};

use crate::dice::Dice;

/// The unit that reviews little.
pub const LAX: (&str, &str) = ("forsakringskassan", "Kontor Provköping");

/// What stands around a record.
pub struct Around {
    /// The review, where there is one.
    pub review: Option<Review>,
    /// The dispatch, where there is one.
    pub dispatch: Option<Dispatch>,
}

/// What stands around the record with a number: the same for the same seed.
pub fn around(seed: u64, number: u64, record: &Record) -> Result<Around> {
    let mut dice = Dice::of_number(seed ^ 0x5e1f_c047_0000_0000, number);
    if record.outcome != "ready" {
        return Ok(Around {
            review: None,
            dispatch: None,
        });
    }
    let day: Date = record.on.parse().context("the day of a record")?;
    let later = if dice.per_mille(700) { 0 } else { dice.below(12) };
    let sent = day.checked_add(Span::new().days(i64::try_from(later)?))?;
    let is_lax = (record.authority.key.as_str(), record.official.unit.as_str()) == LAX;
    let often = if is_lax { 250 } else { 650 };
    let early = dice.per_mille(often);
    let review = if early || dice.per_mille(120) {
        let made_on = if early { day } else { sent.checked_add(Span::new().days(9))? };
        Some(review(&mut dice, record, made_on)?)
    } else {
        None
    };
    let dispatch = dice.per_mille(930).then(|| {
        let before = review.as_ref().filter(|_| early);
        dispatch(&mut dice, record, before, sent)
    });
    Ok(Around { review, dispatch })
}

fn review(dice: &mut Dice, record: &Record, day: Date) -> Result<Review> {
    let verdict = |dice: &mut Dice| {
        if dice.per_mille(970) {
            return Given::answer("confirmed");
        }
        Given {
            answer: Some("contested".to_owned()),
            text: Some("Det framgår inte vem som har sett det.".to_owned()),
        }
    };
    let subjects = subjects(record, Lang::Sv);
    let items: Answers = subjects
        .into_iter()
        .map(|subject| (subject.id, verdict(dice)))
        .collect();
    let reviewer = Official {
        name: "Berit Granskare".to_owned(),
        title: "enhetschef".to_owned(),
        unit: record.official.unit.clone(),
    };
    let made = Made {
        started: format!("{day}T13:00+01:00"),
        finished: format!("{day}T13:{:02}+01:00", dice.below(60)),
        day,
    };
    let review = Review::of(Verdicts {
        record,
        record_file: None,
        reviewer: &reviewer,
        items: &items,
        says: Vec::new(),
        made: &made,
        made_with: record.made_with.clone(),
        lang: Lang::Sv,
    });
    review
        .ok()
        .context("a review that should cover its record does not")
}

fn dispatch(dice: &mut Dice, record: &Record, review: Option<&Review>, day: Date) -> Dispatch {
    let when = format!("{day} {:02}:{:02}", 14 + dice.below(3), dice.below(60));
    let oral = dice
        .per_mille(80)
        .then(|| ("socialjouren".to_owned(), "Det som står i prövningen.".to_owned()));
    let finished = format!("{day}T17:30+01:00");
    let sent = Sent {
        when,
        by: Person {
            name: record.official.name.clone(),
            title: record.official.title.clone(),
            unit: record.official.unit.clone(),
        },
        receipt: None,
        oral,
    };
    let made = (record.made_with.clone(), Lang::Sv, finished);
    Dispatch::of(record, review, sent, Vec::new(), made)
}
