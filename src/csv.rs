//! Lines of comma-separated values (RFC 4180), as tables of numbers and lists are handed on.

/// What a table calculator takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A line, with its end. Names of files and units are what somebody chose: where one begins like a formula, an apostrophe
/// stands before it.
#[must_use]
pub fn line<S: AsRef<str>>(fields: &[S]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field.as_ref())).collect();
    format!("{}\r\n", fields.join(","))
}

/// Quoted where a comma, a quote or a line break stands in it.
fn quoted(field: &str) -> String {
    let is_number = field == "-" || field.parse::<f64>().is_ok();
    let guard = if field.starts_with(FORMULA) && !is_number {
        "'"
    } else {
        ""
    };
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    } else {
        format!("{guard}{field}")
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn fields_are_quoted_where_they_must_be_and_no_field_is_a_formula() {
        let fields = ["a", "b,c", "d\"e", "f\ng", "=1+1", "-", "-3", "+x", "-a,b"];
        let told = line(&fields);
        assert_eq!(
            told,
            "a,\"b,c\",\"d\"\"e\",\"f\ng\",'=1+1,-,-3,'+x,\"'-a,b\"\r\n"
        );
    }
}
