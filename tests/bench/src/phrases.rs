//! Sentences as officials write them: without names and numbers, and no two documents alike.

use crate::dice::Dice;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What will stand in the report.
    Wording,
    /// How an item bears on the concern.
    Link,
    /// The individual's interest in secrecy.
    Individual,
    /// Why a document, or a part of it, must go.
    Pages,
    /// A municipality.
    Board,
    /// Who took a call.
    Taker,
    /// Who consented, when and how.
    Consent,
    /// Any other reason.
    Reason,
}

const SAW: &[&str] = &[
    "Föräldern berättade i telefon",
    "Vid besöket på kontoret såg handläggaren",
    "I ansökan om tillfällig föräldrapenning står",
    "Föräldern skrev i ett meddelande till oss",
    "Den andra föräldern ringde och sade",
    "Under utredningssamtalet framkom",
    "I bakgrunden av ett telefonsamtal hördes",
    "Barnet sade självt under mötet",
    "En anhörig ringde till kundcenter och berättade",
    "I en komplettering till ärendet uppges",
    "Vid avstämningsmötet med arbetsgivaren nämndes",
    "Sökanden uppgav i samband med omprövningen",
];

const WHEN: &[&str] = &[
    "i dag",
    "i går eftermiddag",
    "förra veckan",
    "vid två tillfällen under hösten",
    "sedan sommaren",
    "tre kvällar i veckan",
    "varje helg sedan augusti",
    "under minst fyra månader",
    "så gott som dagligen",
    "vid upprepade tillfällen under våren",
];

const MONTHS: &[&str] = &[
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

const WHAT: &[&str] = &[
    "att barnet lämnas ensamt hemma till sent på kvällen",
    "att föräldern inte orkar stiga upp och att sexåringen lagar sin egen mat",
    "att det dricks mycket i hemmet när barnen är där",
    "att barnet inte har varit i förskolan på flera veckor",
    "att familjen saknar bostad och sover hos olika bekanta",
    "att ett äldre syskon sköter både matlagning och läxor åt de yngre",
    "att barnet har blivit slaget och är rädd för att gå hem",
    "att föräldern inte längre hämtar ut barnets medicin",
    "att pengarna till mat är slut långt före månadens slut",
    "att barnet bevittnar hot och bråk mellan de vuxna",
    "att den gravida kvinnan fortsätter att använda läkemedel utan recept",
    "att tonåringen är ute hela nätterna och har slutat gå i skolan",
    "att föräldern under samtalet var svår att få kontakt med och sluddrade",
    "att hemmet är så smutsigt att barnet inte kan leka på golvet",
];

const THEN: &[&str] = &[
    "Ingen annan vuxen finns i hemmet.",
    "Ett småsyskon på två år är också hemma.",
    "Föräldern sade att det inte går att ordna på annat sätt.",
    "Barnet går i årskurs 2 och har frånvaro på 40 procent.",
    "Detta har pågått i drygt 6 veckor enligt föräldern själv.",
    "Handläggaren hörde barnet gråta under större delen av samtalet.",
    "Föräldern bad uttryckligen om hjälp men vet inte vart man vänder sig.",
    "Grannen har hjälpt till, men ska flytta vid månadsskiftet.",
    "Några åtgärder från skolan är inte kända för oss.",
    "Föräldern förnekade det när frågan ställdes på nytt.",
];

const MATTERS: &[&str] = &[
    "Barnet är i förskoleåldern och lämnas utan tillsyn",
    "Föräldern klarar inte vardagen just nu",
    "Barnet får inte den omsorg som det behöver",
    "Barnet bär ett ansvar som är för stort för åldern",
    "Det finns risk att barnet far illa hemma",
    "Barnets skolgång påverkas av hur det är hemma",
    "Uppgiften visar att hjälpen hittills inte har räckt",
    "Uppgiften visar hur länge det har pågått",
    "Det påverkar om barnet är tryggt när föräldern är ensam",
    "Hemmet är inte säkert för ett barn i den åldern",
];

const HELP: &[&str] = &[
    "och nämnden kan ordna avlastning.",
    "och nämnden kan bedöma vilket stöd familjen behöver.",
    "och nämnden behöver veta det för att kunna prata med barnet.",
    "och nämnden kan erbjuda en kontaktfamilj.",
    "och socialtjänsten kan kontrollera hur barnet har det.",
    "och en insats i hemmet kan göra skillnad.",
    "och nämnden kan samordna med skolan och vården.",
    "och det går inte att förstå läget utan den uppgiften.",
];

const INDIVIDUAL: &[&str] = &[
    "Föräldern kan uppfatta uppgiften som känslig och vill nog inte att den sprids",
    "Uppgiften rör hälsa och är av det slag som den enskilde vill ha för sig själv",
    "Uppgiften säger lite om den enskilde och det mesta är redan känt för nämnden",
    "Den enskilde har själv berättat det öppet och har ett visst intresse av att det stannar hos oss",
    "Uppgiften handlar om ekonomin i stort och är mindre känslig",
    "Den enskilde kan möta misstro i kontakten med kommunen",
];

const WEIGHED: &[&str] = &[
    "men sekretess gäller också hos nämnden.",
    "men barnets behov av hjälp väger klart tyngre.",
    "och skadan bedöms som begränsad.",
    "och det talar emot att lämna mer än det allra nödvändigaste.",
    "men det går inte att beskriva läget utan den.",
];

const REASON: &[&str] = &[
    "Uppgiften kommer från en öppen källa",
    "Den enskilde har själv gjort uppgiften allmänt känd",
    "Uppgiften är så allmän att den inte går att knyta till någons hälsa",
    "Saken är sedan tidigare känd hos nämnden genom ett beslut",
    "Verksamheten gränsar till barnets och familjens vardag",
    "Syftet är att förebygga att barnet blir utsatt för brott",
    "Bestämmelsen i vår egen förordning är tydlig på den punkten",
    "Det saknas skäl att tro att någon kan ta skada av det",
];

const SUPPORT: &[&str] = &[
    "och ingen kan lida men av att nämnden får veta det.",
    "enligt vad som står i akten den {day} {month}.",
    "och det har kontrollerats med en kollega den {day} {month}.",
    "vilket den enskilde bekräftade vid samtalet.",
    "och det har inte kommit fram något som talar emot det.",
];

const PAGES: &[&str] = &[
    "Sidan {page} med hotet mot barnet går inte att återge med andra ord, resten stannar hos oss.",
    "Barnet har själv ritat och skrivit på sidan {page}, och bilden säger mer än en beskrivning.",
    "Fotot visar skadans läge och storlek, vilket inte går att beskriva i text.",
    "Sidorna {page} och {next} innehåller förälderns egna ord om barnet, och de är svåra att sammanfatta.",
    "Brevet är kort och varje mening handlar om barnet; en beskrivning skulle bli lika lång.",
];

const BOARD: &[&str] = &[
    "Exempelstads kommun",
    "Provköpings kommun",
    "Norra Mönsterås socialnämnd",
    "Östra Övningsbygdens kommun",
    "Västervångs stadsdelsnämnd",
    "Ålderåsens kommun",
    "Södra Häradets socialnämnd",
    "Björkliden kommuns socialförvaltning",
];

const TAKER: &[&str] = &[
    "Socialsekreterare i mottagningen",
    "Jourhavande socialsekreterare",
    "Socialjourens samordnare",
    "Gruppledaren på mottagningsenheten för barn och unga",
];

const CONSENT: &[&str] = &[
    "Föräldern samtyckte i telefon den {day} {month} till att uppgifterna lämnas till socialnämnden.",
    "Den enskilde skrev i ett meddelande den {day} {month} att vi får berätta det för kommunen.",
    "Vid mötet på kontoret den {day} {month} samtyckte vårdnadshavaren muntligen, antecknat i akten.",
    "Den vuxne gav sitt samtycke den {day} {month} efter att ha fått veta vad som skulle stå i anmälan.",
];

const LABELS: &[&str] = &[
    "Barnet ensamt hemma",
    "Förälderns trötthet",
    "Bråk i hemmet",
    "Frånvaro från förskolan",
    "Bostaden",
    "Ekonomin",
    "Alkohol i hemmet",
    "Vad barnet självt sade",
    "Samtalet om hjälp",
    "Syskonets ansvar",
    "Medicin som inte hämtas",
    "Våld i nära relation",
    "Skolgången",
    "Vad grannen berättade",
    "Nätterna",
    "Maten",
];

const PAPERS: &[&str] = &[
    "läkarintyg",
    "läkarutlåtande om hälsotillstånd",
    "brev från föräldern",
    "begäran om omprövning",
    "journalutdrag",
    "kontoutdrag",
    "foto från hembesök",
    "intyg från förskolan",
    "anteckning från möte",
    "beslut om sjukpenning",
];

const TITLES: &[&str] = &[
    "försäkringsutredare",
    "handläggare",
    "specialist",
    "kurator",
    "lärare",
    "utredare",
    "enhetschef",
];

const NAMES: &[&str] = &[
    "Anna", "Björn", "Åsa", "Örjan", "Fatima", "Karin", "Mikael", "Sara", "Jönna", "Ali", "Märta",
    "Olle",
];

const SURNAMES: &[&str] = &[
    "Exempel", "Provsson", "Mönster", "Övning", "Påhitt", "Fingerad",
];

const PLACES: &[&str] = &[
    "Exempelstad",
    "Provköping",
    "Mönsterås norra",
    "Övningsby",
    "Ålderåsen",
    "Västervång",
];

/// A text of a sort: a wording of 80 to 300 characters, a reason somewhat shorter.
pub fn text(dice: &mut Dice, sort: Sort) -> String {
    match sort {
        Sort::Wording => wording(dice),
        Sort::Link => format!("{} {}", dice.of(MATTERS), dice.of(HELP)),
        Sort::Individual => format!("{}, {}", dice.of(INDIVIDUAL), dice.of(WEIGHED)),
        Sort::Pages => filled(dice, PAGES),
        Sort::Board => dice.of(BOARD).to_owned(),
        Sort::Taker => format!("{}, {}", dice.of(TAKER), dice.of(BOARD)),
        Sort::Consent => filled(dice, CONSENT),
        Sort::Reason => {
            let support = filled(dice, SUPPORT);
            format!("{} {support}", dice.of(REASON))
        }
    }
}

fn wording(dice: &mut Dice) -> String {
    let when = match dice.below(3) {
        0 => format!("den {} {}", 1 + dice.below(28), dice.of(MONTHS)),
        _ => dice.of(WHEN).to_owned(),
    };
    let mut said = format!("{} {when} {}.", dice.of(SAW), dice.of(WHAT));
    for _ in 0..dice.below(4) {
        let more = dice.of(THEN);
        let fits = said.chars().count() + more.chars().count() < 300;
        if fits && !said.contains(more) {
            said.push(' ');
            said.push_str(more);
        }
    }
    if said.chars().count() < 80 {
        said.push(' ');
        said.push_str(dice.of(THEN));
    }
    said
}

fn filled(dice: &mut Dice, sentences: &[&str]) -> String {
    let page = 1 + dice.below(9);
    dice.of(sentences)
        .replace("{day}", &(1 + dice.below(28)).to_string())
        .replace("{month}", dice.of(MONTHS))
        .replace("{page}", &page.to_string())
        .replace("{next}", &(page + 1).to_string())
}

/// A label of a statement.
pub fn label(dice: &mut Dice) -> String {
    format!("{} ({})", dice.of(LABELS), dice.of(MONTHS))
}

/// A label of a document.
pub fn paper(dice: &mut Dice) -> String {
    format!("{}, {} sidor", dice.of(PAPERS), 2 + dice.below(8))
}

/// The name of a made-up official, a title and a unit.
pub fn official(dice: &mut Dice) -> [String; 3] {
    [
        format!("{} {}", dice.of(NAMES), dice.of(SURNAMES)),
        dice.of(TITLES).to_owned(),
        format!("Kontor {}", dice.of(PLACES)),
    ]
}

/// A reference number of the report's own, different for every number.
#[must_use]
pub fn case(year: i16, number: u64) -> String {
    let letter = |at: u64| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    let (first, second) = (letter(number / 26_000), letter(number / 1_000));
    let third = letter(number / 676_000);
    format!("ORO {year}-{third}{first}{second}{:03}", number % 1_000)
}
