use super::{
    Drawing,
    drawing::{Label, Shape},
};

/// How wide a drawing is, in its own units.
const WIDTH: f64 = 480.0;
/// Where bars begin: what they are called stands before them.
const LEFT: f64 = 160.0;
/// How high a row is.
const ROW: f64 = 22.0;
/// How high a bar of it is.
const BAR: f64 = 14.0;
/// What is not nothing can be seen.
const THINNEST: f64 = 2.0;

/// From when to when something was, as a row.
pub(crate) struct Range {
    pub(crate) label: String,
    /// Its beginning and its end, counted from where the drawing begins; nothing where there is none.
    pub(crate) between: Option<(f64, f64)>,
}

/// Times below each other, on a scale from nothing to the latest end.
pub(crate) fn ranges(
    id: String,
    title: String,
    said: String,
    rows: &[Range],
    ends: (String, String),
) -> Drawing {
    let ends_at = rows.iter().filter_map(|row| row.between.map(|(_, end)| end));
    let most = ends_at.fold(0.0, f64::max);
    let scale = if most > 0.0 { (WIDTH - LEFT) / most } else { 0.0 };
    let row = |(place, row): (usize, &Range)| {
        let top = place as f64 * ROW;
        let track = Shape::new("track", (LEFT, top), (WIDTH - LEFT, BAR));
        let bar = row.between.map(|(start, end)| {
            let wide = ((end - start) * scale).max(THINNEST);
            let x = (start * scale).min(WIDTH - LEFT - wide);
            Shape::new("told", (LEFT + x.max(0.0), top), (wide, BAR))
        });
        [Some(track), bar]
    };
    let label = |(place, row): (usize, &Range)| {
        Label::new((0.0, (place as f64).mul_add(ROW, BAR - 2.0)), row.label.as_str())
    };
    Drawing {
        id,
        title,
        said,
        style: "rows",
        width: WIDTH,
        height: rows.len() as f64 * ROW,
        shapes: rows.iter().enumerate().flat_map(row).flatten().collect(),
        labels: rows.iter().enumerate().map(label).collect(),
        ends: Some(ends),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(all: &[Option<(f64, f64)>]) -> Vec<(String, String)> {
        let rows: Vec<Range> = all
            .iter()
            .map(|between| Range {
                label: "outage".to_owned(),
                between: *between,
            })
            .collect();
        let ends = (String::new(), String::new());
        let drawing = ranges("late".to_owned(), String::new(), String::new(), &rows, ends);
        assert_eq!(drawing.labels.len(), all.len());
        let bars = drawing.shapes.into_iter().filter(|shape| shape.style == "told");
        bars.map(|bar| (bar.x, bar.width)).collect()
    }

    fn bar(x: &str, width: &str) -> (String, String) {
        (x.to_owned(), width.to_owned())
    }

    #[test]
    fn the_latest_end_is_at_the_right_and_nothing_leaves_the_drawing() {
        let bars = drawn(&[Some((2.0, 4.0)), None, Some((1.0, 2.0)), Some((4.0, 4.0))]);
        assert_eq!(
            bars,
            [bar("320.0", "160.0"), bar("240.0", "80.0"), bar("478.0", "2.0")]
        );
        assert_eq!(drawn(&[Some((0.0, 0.0))]), [bar("160.0", "2.0")], "at once");
        assert_eq!(drawn(&[None]), []);
    }
}
