//! A new exercise, which can be solved as it stands: whoever writes one changes it a little at a time.

/// Whether this can be the name of an exercise: ASCII kebab-case.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    let begins = name.starts_with(|sign: char| sign.is_ascii_lowercase());
    begins
        && name.chars().all(plain)
        && !name.ends_with('-')
        && !name.contains("--")
        && name.len() <= 60
}

/// The text of a new exercise.
#[must_use]
pub fn scaffold() -> &'static str {
    include_str!("scaffold.toml")
}

#[cfg(test)]
mod tests {
    use super::{is_name, scaffold};
    use crate::training::{Set, check};
    use crate::trees::Trees;

    #[test]
    fn a_new_exercise_can_be_solved_as_it_stands() {
        let files = [("ny.toml".to_owned(), scaffold().to_owned())];
        let set = Set::from_files(&files.into_iter().collect());
        let trees = Trees::built_in();
        let faults = set
            .ok()
            .zip(trees.ok())
            .map(|(set, trees)| check::check(&set, &trees, false).faults);
        assert_eq!(faults, Some(Vec::new()));
    }

    #[test]
    fn a_name_is_a_file_name_everywhere() {
        assert!(is_name("vart-eget-fall-2"));
        for wrong in [
            "", "2fall", "fall-", "a--b", "Fall", "å", "a/b", "..", "a.toml",
        ] {
            assert!(!is_name(wrong), "{wrong}");
        }
    }
}
