//! Training: the same interview, with somebody beside the official who looks at each answer before it counts.

use anyhow::{Result, anyhow};

use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::assessment::{Assessment, Field, Place, Stage, assess};
use sekretesskoll::training::judge::{kinds_key, origin_key};
use sekretesskoll::walk::Given;

use crate::cli::interview::{Go, Interview, Said};
use crate::cli::term::{Face, Style};
use crate::cli::train::words;
use crate::cli::{lack, phrases, screen};

/// Who looks on. It has no way to a record: it is shown answers and says whether they stand.
pub(crate) trait Coach {
    /// Looks at an answer; false where it is to be given again.
    fn look(
        &mut self,
        face: &mut dyn Face,
        assessment: &Assessment<'_, '_>,
        place: &Place,
        answer: &str,
    ) -> Result<bool>;
    /// Lays a sentence beside the expert's; false where the trainee wants to write it again.
    fn compare(&mut self, face: &mut dyn Face, place: &Place, text: &str) -> Result<bool>;
    /// What to look for at a question, for whoever asks before answering.
    fn hint(&mut self, assessment: &Assessment<'_, '_>, place: &Place) -> String;
    /// The situation and everything on the desk.
    fn desk(&self) -> String;
    /// What lies on the desk about an item.
    fn extract(&self, at: usize) -> Option<String>;
    /// Keeps how far the exercise has come.
    fn keep(&mut self, document: &AnswersDocument) -> Result<()>;
}

impl<'a> Interview<'a> {
    /// The session with somebody beside it. The list is the desk: it is neither asked for nor changed, and a request begins
    /// with it.
    pub(crate) fn coached(mut self, coach: &'a mut dyn Coach) -> Self {
        self.list_open = false;
        self.is_carried = false;
        self.files_asked = (0..self.document.items.len()).collect();
        self.coach = Some(coach);
        self
    }

    pub(super) fn title(&self) -> String {
        match self.coach {
            Some(_) => words::title(self.lang),
            None => phrases::title(self.lang),
        }
    }

    pub(super) fn keys(&self) -> String {
        match self.coach {
            Some(_) => words::keys(self.lang),
            None => phrases::keys(self.lang),
        }
    }

    pub(super) fn extract(&self, stage: Stage) -> Option<String> {
        match (&self.coach, stage) {
            (Some(coach), Stage::Item(at)) => coach.extract(at),
            _ => None,
        }
    }

    /// Whether an answer may stand.
    pub(super) fn stands(
        &mut self,
        assessment: &Assessment<'_, '_>,
        place: &Place,
        answer: &str,
    ) -> Result<bool> {
        match &mut self.coach {
            Some(coach) => coach.look(self.face, assessment, place, answer),
            None => Ok(true),
        }
    }

    /// Lays a sentence beside the expert's. One that is to be written again is behind the up arrow.
    pub(super) fn compare(&mut self, place: &Place, given: &Given) -> Result<bool> {
        let (Some(coach), Some(text)) = (&mut self.coach, &given.text) else {
            return Ok(true);
        };
        let stands = coach.compare(self.face, place, text)?;
        if !stands {
            self.suggestions.insert(place.to_string(), given.clone());
        }
        Ok(stands)
    }

    /// `+` is a hint and `++` the desk; what to print before the question is asked again.
    pub(super) fn asked_of_coach(&mut self, line: &str, asked: &str) -> Result<Option<String>> {
        let place = self.asking.clone();
        let (Some(coach), Some(place)) = (&mut self.coach, place) else {
            return Ok(None);
        };
        Ok(match line.trim() {
            "++" => Some(format!("\n{}\n\n{asked}", coach.desk())),
            "+" => {
                let (lang, trees, document) = (self.lang, self.trees, &self.document);
                let assessment = assess(trees, document)
                    .map_err(|need| anyhow!(lack::sentence(lang, trees, &need, document)))?;
                Some(screen::wrap(&coach.hint(&assessment, &place)))
            }
            _ => None,
        })
    }

    /// Whether what was just entered in the list may stand; what may not is taken out again.
    pub(super) fn listed_stands(
        &mut self,
        assessment: &Assessment<'_, '_>,
        place: &Place,
    ) -> Result<bool> {
        let Some(key) = self.listed(place) else {
            return Ok(true);
        };
        let stands = self.stands(assessment, place, &key)?;
        if !stands {
            self.take_out(place);
        }
        Ok(stands)
    }

    fn listed(&self, place: &Place) -> Option<String> {
        match place {
            Place::IdentityKinds => {
                let identity = self.document.identity.as_ref()?;
                Some(kinds_key(&identity.kinds, identity.protected))
            }
            Place::Field(at, Field::Origin | Field::About) => {
                let item = self.document.items.get(*at)?;
                Some(origin_key(item.origin?, item.about?))
            }
            _ => None,
        }
    }

    fn take_out(&mut self, place: &Place) {
        match place {
            Place::IdentityKinds => {
                if let Some(identity) = &mut self.document.identity {
                    identity.kinds.clear();
                }
            }
            Place::Field(at, _) => self.change(*at, |item| {
                item.origin = None;
                item.about = None;
            }),
            _ => {}
        }
    }

    /// Whether a provision that was chosen may stand.
    pub(super) fn provision_stands(
        &mut self,
        assessment: &Assessment<'_, '_>,
        stage: Stage,
        chosen: Option<&[String]>,
    ) -> Result<bool> {
        let place = match stage {
            Stage::Item(at) => Place::Field(at, Field::Provisions),
            _ => Place::IdentityProvisions,
        };
        match chosen {
            Some([key, ..]) => self.stands(assessment, &place, key),
            _ => Ok(true),
        }
    }

    /// The end of an exercise without a sending.
    pub(super) fn ask_end_of_exercise(
        &mut self,
        assessment: &Assessment<'_, '_>,
    ) -> Result<(Go, bool)> {
        match self.ask(&screen::wrap(&words::end(self.lang)), Style::Short, "")? {
            Said::Leave => Ok((Go::Leave, false)),
            Said::Back => Ok((self.back(assessment)?, false)),
            Said::Line(_) => Ok((Go::On, true)),
        }
    }
}
