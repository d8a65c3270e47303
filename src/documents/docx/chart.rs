//! The series of a table as lines, drawn by whoever opens the file: its figures are those of the table, its words are set
//! in the document's typeface.

use super::form::{FONT, SPACES};
use super::page::Page;
use super::paragraph::{Look, properties};
use crate::documents::model::{Cell, Chart, Table};
use crate::documents::report::shown;
use crate::documents::xml::Xml;

/// The height of a picture and the units of drawings in a twentieth of a point.
const HEIGHT: u32 = 4_800;
const UNITS: u32 = 635;

/// Lines told apart without their colour too: colour, dash and mark of each.
const LINES: [(&str, &str, &str); 4] = [
    ("B42318", "solid", "circle"),
    ("1F5FA8", "sysDash", "square"),
    ("2B7A3D", "dash", "triangle"),
    ("8A5A00", "sysDot", "diamond"),
];

/// The relation of a picture, counted from 1.
pub(super) fn relation(at: usize) -> String {
    format!("rId-chart{at}")
}

/// The pictures drawn so far.
#[derive(Default)]
pub(super) struct Charts(Vec<Vec<u8>>);

impl Charts {
    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Their parts, in their order.
    pub fn into_parts(self) -> Vec<Vec<u8>> {
        self.0
    }

    /// Draws what a table has to be drawn.
    pub fn draw(&mut self, xml: &mut Xml, table: &Table, page: Page) {
        let Some(chart) = &table.chart else { return };
        self.0.push(part(table, chart));
        let at = self.count();
        let (width, height) = ((page.room() * UNITS).to_string(), (HEIGHT * UNITS).to_string());
        xml.nest("w:p", &[], |xml| {
            properties(xml, Look::centered(12).before(120).kept());
            xml.raw("<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">");
            xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
            xml.empty(
                "wp:docPr",
                &[("id", &at.to_string()), ("name", &format!("chart{at}")), ("descr", &chart.title)],
            );
            xml.raw(
                "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">",
            );
            xml.empty("c:chart", &[("r:id", &relation(at))]);
            xml.raw("</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>");
        });
    }
}

fn part(table: &Table, chart: &Chart) -> Vec<u8> {
    Xml::part("c:chartSpace", &SPACES, |xml| {
        xml.raw("<c:roundedCorners val=\"0\"/>");
        xml.nest("c:chart", &[], |xml| {
            title(xml, &chart.title);
            xml.raw("<c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/>");
            xml.nest("c:lineChart", &[], |xml| {
                xml.raw("<c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>");
                for (at, column) in chart.series.iter().enumerate() {
                    series(xml, table, at, *column);
                }
                xml.raw("<c:marker val=\"1\"/><c:axId val=\"1\"/><c:axId val=\"2\"/>");
            });
            axes(xml);
            xml.raw("</c:plotArea><c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend>");
            xml.raw("<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/>");
        });
        xml.raw("<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>");
        words(xml, 1_100, false);
    })
}

/// The look of a picture's words, in hundredths of a point.
fn words(xml: &mut Xml, size: u32, bold: bool) {
    xml.nest("c:txPr", &[], |xml| {
        xml.raw("<a:bodyPr/><a:lstStyle/>");
        xml.nest("a:p", &[], |xml| {
            xml.nest("a:pPr", &[], |xml| typeface(xml, "a:defRPr", size, bold));
            xml.raw("<a:endParaRPr lang=\"vi-VN\"/>");
        });
    });
}

fn typeface(xml: &mut Xml, name: &str, size: u32, bold: bool) {
    xml.nest(name, &[("sz", &size.to_string()), ("b", if bold { "1" } else { "0" })], |xml| {
        xml.value("a:latin", "typeface", FONT);
        xml.value("a:cs", "typeface", FONT);
    });
}

fn title(xml: &mut Xml, text: &str) {
    xml.nest("c:title", &[], |xml| {
        xml.nest("c:tx", &[], |xml| {
            xml.nest("c:rich", &[], |xml| {
                xml.raw("<a:bodyPr/><a:lstStyle/>");
                xml.nest("a:p", &[], |xml| {
                    xml.nest("a:pPr", &[], |xml| typeface(xml, "a:defRPr", 1_200, true));
                    xml.nest("a:r", &[], |xml| {
                        typeface(xml, "a:rPr", 1_200, true);
                        xml.leaf("a:t", &[], text);
                    });
                });
            });
        });
        xml.raw("<c:overlay val=\"0\"/>");
    });
}

fn series(xml: &mut Xml, table: &Table, at: usize, column: usize) {
    let (color, dash, mark) = LINES.get(at % LINES.len()).copied().unwrap_or(("000000", "solid", "none"));
    let points = table.rows.len().to_string();
    xml.nest("c:ser", &[], |xml| {
        xml.value("c:idx", "val", &at.to_string());
        xml.value("c:order", "val", &at.to_string());
        let name = table.columns.get(column).map_or("", |column| &column.heading);
        xml.nest("c:tx", &[], |xml| xml.leaf("c:v", &[], name));
        let line = format!("<a:solidFill><a:srgbClr val=\"{color}\"/></a:solidFill>");
        xml.raw(&format!("<c:spPr><a:ln w=\"25400\">{line}<a:prstDash val=\"{dash}\"/></a:ln></c:spPr>"));
        xml.raw(&format!(
            "<c:marker><c:symbol val=\"{mark}\"/><c:size val=\"6\"/><c:spPr>{line}</c:spPr></c:marker>"
        ));
        xml.nest("c:cat", &[], |xml| {
            xml.nest("c:strLit", &[], |xml| {
                xml.value("c:ptCount", "val", &points);
                let labels = table.rows.iter().map(|row| row.first().map(shown));
                point_values(xml, labels);
            });
        });
        xml.nest("c:val", &[], |xml| {
            xml.nest("c:numLit", &[], |xml| {
                xml.leaf("c:formatCode", &[], "General");
                xml.value("c:ptCount", "val", &points);
                point_values(xml, table.rows.iter().map(|row| row.get(column).and_then(drawn)));
            });
        });
        xml.raw("<c:smooth val=\"0\"/>");
    });
}

/// Only the points that have a value.
fn point_values(xml: &mut Xml, values: impl Iterator<Item = Option<String>>) {
    for (at, value) in values.enumerate() {
        if let Some(value) = value {
            xml.nest("c:pt", &[("idx", &at.to_string())], |xml| xml.leaf("c:v", &[], &value));
        }
    }
}

/// A rate in per cent, all else as it is.
fn drawn(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Tenths(tenths) | Cell::Points(tenths) => Some(format!("{}.{}", tenths / 10, tenths % 10)),
        other => other.drawn().map(|n| n.to_string()),
    }
}

fn axes(xml: &mut Xml) {
    let line =
        "<c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"808080\"/></a:solidFill></a:ln></c:spPr>";
    xml.raw("<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling>");
    xml.raw("<c:delete val=\"0\"/><c:axPos val=\"b\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>");
    xml.raw("<c:majorTickMark val=\"out\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>");
    xml.raw(line);
    xml.raw("<c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/></c:catAx>");
    xml.raw("<c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/><c:min val=\"0\"/></c:scaling>");
    xml.raw("<c:delete val=\"0\"/><c:axPos val=\"l\"/><c:majorGridlines>");
    xml.raw(
        "<c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"D9D9D9\"/></a:solidFill></a:ln></c:spPr>",
    );
    xml.raw("</c:majorGridlines><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>");
    xml.raw("<c:majorTickMark val=\"out\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>");
    xml.raw(line);
    xml.raw("<c:crossAx val=\"1\"/><c:crosses val=\"autoZero\"/></c:valAx>");
}
