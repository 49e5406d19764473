//! x
/// hex
pub fn hex(bytes: &[u8]) -> String { bytes.iter().map(|b| format!("{b:02x}")).collect() }
/// n
pub struct Notes { /// a
 pub assumptions: Vec<String>, /// o
 pub open: Vec<String> }
/// n
pub fn notes(_: &crate::assessment::Assessment<'_>, _: crate::language::Lang) -> Notes { Notes{assumptions: vec![], open: vec![]} }
