use super::{Drawing, drawing::Shape};

/// What is not nothing can be seen.
const THINNEST: f64 = 3.0;
/// How much of its place a bar leaves free on each side.
const GAP: f64 = 0.1;

/// How large a drawing is.
#[derive(Clone, Copy)]
pub(crate) enum Size {
    /// As wide as its page.
    Whole,
    /// One of several beside each other.
    Part,
    /// In a cell of a table.
    Spark,
}

/// Bars beside each other, the oldest first.
pub(crate) struct Columns {
    pub(crate) id: String,
    pub(crate) title: String,
    /// What they show, in words.
    pub(crate) said: String,
    pub(crate) size: Size,
    /// What a bar stands for: the name of a style.
    pub(crate) style: &'static str,
    /// How high each bar is, of the most that it can be, from 0 to 1.
    pub(crate) shares: Vec<f64>,
    /// For how many there is a place, at least: of few, none is too wide.
    pub(crate) places: usize,
    /// What the first and the last are called.
    pub(crate) ends: Option<(String, String)>,
}

impl Size {
    /// Its name as a style, and how wide and high it is.
    const fn measures(self) -> (&'static str, f64, f64) {
        match self {
            Self::Whole => ("", 720.0, 120.0),
            Self::Part => ("part", 360.0, 90.0),
            Self::Spark => ("spark", 150.0, 24.0),
        }
    }
}

impl Columns {
    /// Each number as a share of the largest.
    pub(crate) fn shares_of(numbers: &[f64]) -> Vec<f64> {
        let most = numbers.iter().copied().fold(0.0, f64::max);
        let share = |number: &f64| if most > 0.0 { number / most } else { 0.0 };
        numbers.iter().map(share).collect()
    }

    /// As a picture.
    pub(crate) fn drawn(self) -> Drawing {
        let (size, width, height) = self.size.measures();
        let pitch = width / self.shares.len().max(self.places).max(1) as f64;
        let bar = |(place, share): (usize, &f64)| {
            let (x, wide) = (pitch * (place as f64 + GAP), pitch * 2.0f64.mul_add(-GAP, 1.0));
            let track = Shape::new("track", (x, 0.0), (wide, height));
            let high = (share.clamp(0.0, 1.0) * height).max(THINNEST);
            let bar = (*share > 0.0).then(|| Shape::new(self.style, (x, height - high), (wide, high)));
            [Some(track), bar]
        };
        let shapes = self.shares.iter().enumerate().flat_map(bar).flatten().collect();
        Drawing {
            id: self.id,
            title: self.title,
            said: self.said,
            style: size,
            width,
            height,
            shapes,
            labels: Vec::new(),
            ends: self.ends,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where each bar begins, and how wide and high it is; the tracks behind them are left out.
    fn bars(shares: &[f64], places: usize) -> Vec<(String, String, String)> {
        let drawing = Columns {
            id: "chart".to_owned(),
            title: String::new(),
            said: String::new(),
            size: Size::Whole,
            style: "dark",
            shares: shares.to_vec(),
            places,
            ends: None,
        }
        .drawn();
        let tracks = drawing.shapes.iter().filter(|shape| shape.style == "track");
        assert_eq!(tracks.count(), shares.len());
        let bars = drawing.shapes.into_iter().filter(|shape| shape.style == "dark");
        bars.map(|bar| (bar.x, bar.width, bar.height)).collect()
    }

    fn bar(x: &str, width: &str, height: &str) -> (String, String, String) {
        (x.to_owned(), width.to_owned(), height.to_owned())
    }

    #[test]
    fn a_bar_is_as_high_as_its_share_and_what_is_not_nothing_is_seen() {
        let expected = [
            bar("24.0", "192.0", "120.0"),
            bar("264.0", "192.0", "60.0"),
            bar("504.0", "192.0", "3.0"),
        ];
        assert_eq!(bars(&[1.0, 0.5, 0.000_1], 1), expected);
        assert_eq!(bars(&[0.0, 0.0], 1), [], "nothing is no bar");
        assert_eq!(bars(&[7.0], 1), [bar("72.0", "576.0", "120.0")], "never higher");
        assert_eq!(bars(&[1.0], 12), [bar("6.0", "48.0", "120.0")], "never too wide");
    }

    #[test]
    fn the_largest_number_is_the_whole() {
        assert_eq!(Columns::shares_of(&[2.0, 0.0, 8.0]), [0.25, 0.0, 1.0]);
        assert_eq!(Columns::shares_of(&[0.0, 0.0]), [0.0, 0.0]);
        assert_eq!(Columns::shares_of(&[]), [] as [f64; 0]);
    }
}
