//! Parts set in lines on sheets of A4, and drawn with their structure.

use std::num::NonZeroU16;

use krilla::Document;
use krilla::geom::Point;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _};

use crate::language::Lang;
use crate::page::pdf::PdfError;
use crate::page::pdf::flow::{Kind, Part};

/// A4 in points, and its margins.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const SIDE: f32 = 62.0;
const TOP: f32 = 56.0;
const BOTTOM: f32 = 60.0;
/// From line to line, as a part of the size.
const LEADING: f32 = 1.4;

/// Regular and bold.
pub(super) struct Fonts {
    regular: Face,
    bold: Face,
}

struct Face {
    font: Font,
    bytes: FontRef<'static>,
    metrics: GlyphMetrics<'static>,
    em: f32,
}

impl Fonts {
    pub(super) fn new() -> Result<Self, PdfError> {
        Ok(Self {
            regular: Face::new(include_bytes!("../fonts/NotoSans-Regular.ttf"))?,
            bold: Face::new(include_bytes!("../fonts/NotoSans-Bold.ttf"))?,
        })
    }

    const fn face(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }
}

impl Face {
    fn new(data: &'static [u8]) -> Result<Self, PdfError> {
        let refused = PdfError::Refused("font");
        let font = Font::new(data.into(), 0).ok_or(refused.clone())?;
        let bytes = FontRef::new(data).map_err(|_| refused)?;
        let metrics = bytes.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = font.units_per_em();
        Ok(Self {
            font,
            bytes,
            metrics,
            em,
        })
    }

    /// One glyph for each character.
    fn glyphs(&self, text: &str) -> Result<Vec<KrillaGlyph>, PdfError> {
        let glyph = |(at, c): (usize, char)| {
            let id = self.bytes.charmap().map(c).ok_or(PdfError::Missing(c))?;
            let advance = self.metrics.advance_width(id).unwrap_or_default() / self.em;
            let range = at..at + c.len_utf8();
            let id = GlyphId::new(id.to_u32());
            Ok(KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, range, None))
        };
        text.char_indices().map(glyph).collect()
    }

    fn width(&self, text: &str, size: f32) -> Result<f32, PdfError> {
        let glyphs = self.glyphs(text)?;
        Ok(glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>() * size)
    }
}

/// A piece of a line in one weight.
struct Piece {
    text: String,
    bold: bool,
    x: f32,
}

/// A line with its place on the sheet.
pub(super) struct Line {
    kind: Kind,
    /// It begins its part.
    begins: bool,
    sign: Option<String>,
    pieces: Vec<Piece>,
    size: f32,
    y: f32,
}

/// Sets the parts in lines, and the lines on sheets.
pub(super) fn sheets(fonts: &Fonts, parts: &[Part]) -> Result<Vec<Vec<Line>>, PdfError> {
    let set = parts.iter().map(|part| lines(fonts, part));
    let set: Vec<Vec<Line>> = set.collect::<Result<_, _>>()?;
    let heights: Vec<f32> = parts
        .iter()
        .zip(&set)
        .map(|(part, lines)| height(part, lines))
        .collect();
    let (mut sheets, mut y) = (vec![Vec::new()], TOP);
    for (at, (part, lines)) in parts.iter().zip(set).enumerate() {
        let begins = at == 0 || !parts.get(at - 1).is_some_and(|before| before.keep);
        if begins && y + kept(parts, &heights, at) > HEIGHT - BOTTOM && y > TOP {
            y = turn(&mut sheets);
        }
        y += part.above;
        for mut line in lines {
            if y + part.size * LEADING > HEIGHT - BOTTOM {
                y = turn(&mut sheets);
            }
            y += part.size * LEADING;
            line.y = y;
            if let Some(sheet) = sheets.last_mut() {
                sheet.push(line);
            }
        }
    }
    Ok(sheets)
}

fn height(part: &Part, lines: &[Line]) -> f32 {
    let lines = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    part.above + part.size * LEADING * f32::from(lines)
}

/// The height of a part and of those that it stays with, up to a whole sheet: what is higher is broken anyway.
fn kept(parts: &[Part], heights: &[f32], at: usize) -> f32 {
    let mut sum = 0.0;
    for (part, height) in parts.iter().zip(heights).skip(at) {
        sum += height;
        if !part.keep || sum > HEIGHT - BOTTOM - TOP {
            break;
        }
    }
    sum
}

fn turn(sheets: &mut Vec<Vec<Line>>) -> f32 {
    sheets.push(Vec::new());
    TOP
}

/// Breaks a part at its spaces. A word that is wider than the column is broken anywhere.
fn lines(fonts: &Fonts, part: &Part) -> Result<Vec<Line>, PdfError> {
    let (left, right) = (SIDE + part.indent, WIDTH - SIDE);
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut x = left;
    for run in &part.runs {
        let face = fonts.face(run.bold);
        for word in words(face, &run.text, part.size, right - left)? {
            let bare = face.width(word.trim_end(), part.size)?;
            if x + bare > right && x > left {
                lines.push(Vec::new());
                x = left;
            }
            add(&mut lines, &word, run.bold, x);
            x += face.width(&word, part.size)?;
        }
    }
    let line = |(at, pieces): (usize, Vec<Piece>)| Line {
        kind: part.kind,
        begins: at == 0,
        sign: part.sign.clone().filter(|_| at == 0),
        pieces,
        size: part.size,
        y: 0.0,
    };
    Ok(lines.into_iter().enumerate().map(line).collect())
}

/// Words with the space behind them, none wider than a line.
fn words(face: &Face, text: &str, size: f32, room: f32) -> Result<Vec<String>, PdfError> {
    let mut words = Vec::new();
    for word in text.split_inclusive(' ') {
        let (mut piece, mut width) = (String::new(), 0.0);
        for (glyph, c) in face.glyphs(word)?.iter().zip(word.chars()) {
            let advance = glyph.x_advance * size;
            if c != ' ' && width + advance > room {
                words.push(std::mem::take(&mut piece));
                width = 0.0;
            }
            piece.push(c);
            width += advance;
        }
        words.push(piece);
    }
    Ok(words)
}

fn add(lines: &mut [Vec<Piece>], word: &str, bold: bool, x: f32) {
    let Some(line) = lines.last_mut() else {
        return;
    };
    match line.last_mut() {
        Some(piece) if piece.bold == bold => piece.text.push_str(word),
        _ => line.push(Piece {
            text: word.to_owned(),
            bold,
            x,
        }),
    }
}

/// Draws the sheets and gives the structure in reading order.
pub(super) fn draw(
    document: &mut Document,
    fonts: &Fonts,
    sheets: &[Vec<Line>],
    lang: Lang,
) -> Result<TagTree, PdfError> {
    let mut tree = Structure::default();
    for (at, sheet) in sheets.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PdfError::Refused("A4"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for line in sheet {
            draw_line(&mut surface, fonts, line, &mut tree)?;
        }
        let number = format!("{} ({})", at + 1, sheets.len());
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Footer,
        )));
        draw_text(
            &mut surface,
            &fonts.regular,
            &number,
            (SIDE, HEIGHT - 34.0),
            8.5,
        )?;
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
    Ok(tree.finish(lang))
}

fn draw_line(
    surface: &mut Surface<'_>,
    fonts: &Fonts,
    line: &Line,
    tree: &mut Structure,
) -> Result<(), PdfError> {
    if line.begins {
        tree.begin(line);
    }
    if let Some(sign) = &line.sign {
        let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        // The space keeps the sign apart from the text where it is read aloud or copied.
        let sign = format!("{sign} ");
        draw_text(surface, &fonts.regular, &sign, (SIDE, line.y), line.size)?;
        surface.end_tagged();
        tree.sign(id.into());
    }
    for piece in &line.pieces {
        let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        let face = fonts.face(piece.bold);
        draw_text(surface, face, &piece.text, (piece.x, line.y), line.size)?;
        surface.end_tagged();
        tree.push(id.into());
    }
    Ok(())
}

fn draw_text(
    surface: &mut Surface<'_>,
    face: &Face,
    text: &str,
    (x, y): (f32, f32),
    size: f32,
) -> Result<(), PdfError> {
    let glyphs = face.glyphs(text)?;
    let at = Point::from_xy(x, y);
    surface.draw_glyphs(at, &glyphs, face.font.clone(), text, size, false);
    Ok(())
}

/// The structure as it grows: finished parts, the list that is open, and the part that is being written.
#[derive(Default)]
struct Structure {
    done: Vec<Node>,
    list: Option<TagGroup>,
    entry: Option<(Option<Node>, Vec<TagGroup>)>,
    open: Option<(Kind, TagGroup)>,
}

impl Structure {
    fn begin(&mut self, line: &Line) {
        self.close_part();
        match line.kind {
            Kind::Entry { first, numbered } => {
                self.close_entry();
                if first || self.list.is_none() {
                    self.close_list();
                    let numbering = if numbered {
                        ListNumbering::Decimal
                    } else {
                        ListNumbering::None
                    };
                    self.list = Some(TagGroup::new(Tag::L(numbering)));
                }
                self.entry = Some((None, Vec::new()));
            }
            Kind::With => {}
            Kind::Heading(_) | Kind::Paragraph => self.close_list(),
        }
        self.open = Some((line.kind, group(line)));
    }

    fn sign(&mut self, id: Node) {
        if let Some((sign, _)) = &mut self.entry {
            *sign = Some(id);
        }
    }

    fn push(&mut self, id: Node) {
        if let Some((_, group)) = &mut self.open {
            group.push(id);
        }
    }

    fn close_part(&mut self) {
        let Some((kind, group)) = self.open.take() else {
            return;
        };
        match (kind, &mut self.entry) {
            (Kind::Entry { .. } | Kind::With, Some((_, groups))) => groups.push(group),
            _ => self.done.push(group.into()),
        }
    }

    fn close_entry(&mut self) {
        let Some((sign, groups)) = self.entry.take() else {
            return;
        };
        let mut item = TagGroup::new(Tag::LI);
        if let Some(sign) = sign {
            item.push(TagGroup::with_children(Tag::Lbl, vec![sign]));
        }
        let groups = groups.into_iter().map(Node::from).collect();
        item.push(TagGroup::with_children(Tag::LBody, groups));
        if let Some(list) = &mut self.list {
            list.push(item);
        }
    }

    fn close_list(&mut self) {
        self.close_entry();
        self.done.extend(self.list.take().map(Node::from));
    }

    fn finish(mut self, lang: Lang) -> TagTree {
        self.close_part();
        self.close_list();
        TagTree::from(self.done).with_lang(Some(lang.tag().to_owned()))
    }
}

fn group(line: &Line) -> TagGroup {
    let Kind::Heading(level) = line.kind else {
        return TagGroup::new(Tag::P);
    };
    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    TagGroup::new(Tag::Hn(level, None))
}
