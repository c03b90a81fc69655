//! A reader of Prometheus' text format 0.0.4, as strict as its specification and more: each series has its help
//! and its type before its samples, all samples of it stand together, and buckets add up.

use std::collections::{BTreeMap, BTreeSet};

pub type Labels = BTreeMap<String, String>;

/// What was read.
#[derive(Debug, Default)]
pub struct Scrape {
    /// Name, kind, help; in order.
    pub families: Vec<(String, String, String)>,
    pub samples: BTreeMap<(String, Labels), f64>,
}

impl Scrape {
    pub fn read(text: &str) -> Scrape {
        assert!(text.ends_with('\n'), "the last line has an end");
        let mut scrape = Scrape::default();
        let mut help: Option<(String, String)> = None;
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, words) = rest.split_once(' ').expect(line);
                assert!(help.is_none(), "{line}");
                help = Some((name.to_owned(), words.to_owned()));
            } else if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').expect(line);
                let (of, words) = help.take().expect("help before the type");
                assert!(of == name && ["gauge", "counter", "histogram"].contains(&kind), "{line}");
                assert!(is_name(name), "{line}");
                assert!(scrape.families.iter().all(|(known, ..)| known != name), "twice: {line}");
                scrape.families.push((of, kind.to_owned(), words));
            } else {
                scrape.sample(line);
            }
        }
        scrape.buckets_add_up();
        scrape
    }

    fn sample(&mut self, line: &str) {
        let (name, kind, _) = self.families.last().expect("a family before its samples");
        let (sample, value) = line.rsplit_once(' ').expect(line);
        let (of, labels) = match sample.split_once('{') {
            None => (sample, Labels::new()),
            Some((of, labels)) => (of, read_labels(labels.strip_suffix('}').expect(line))),
        };
        let endings: &[&str] = if kind == "histogram" { &["_bucket", "_sum", "_count"] } else { &[""] };
        assert!(endings.iter().any(|end| of == format!("{name}{end}")), "{line} is not of {name}");
        assert_eq!(of.ends_with("_bucket"), labels.contains_key("le"), "{line}");
        let value: f64 = value.parse().expect(line);
        assert!(kind == "gauge" || value >= 0.0, "{line}");
        assert!(self.samples.insert((of.to_owned(), labels), value).is_none(), "twice: {line}");
    }

    fn buckets_add_up(&self) {
        let mut histograms: BTreeMap<(String, Labels), Vec<(f64, f64)>> = BTreeMap::new();
        for ((name, labels), count) in &self.samples {
            let Some(base) = name.strip_suffix("_bucket") else { continue };
            let mut labels = labels.clone();
            let upper = labels.remove("le").unwrap().replace("+Inf", "inf").parse().unwrap();
            histograms.entry((base.to_owned(), labels)).or_default().push((upper, *count));
        }
        for ((base, labels), mut buckets) in histograms {
            buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(buckets.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{base} {buckets:?}");
            let (last, all) = *buckets.last().unwrap();
            assert!(last.is_infinite(), "{base} has no last bucket");
            assert_eq!(self.samples[&(format!("{base}_count"), labels.clone())], all, "{base}");
            assert!(self.samples.contains_key(&(format!("{base}_sum"), labels)), "{base}");
        }
    }

    /// The value of one sample; 0 where there is none.
    pub fn value(&self, name: &str, labels: Labels) -> f64 {
        self.samples.get(&(name.to_owned(), labels)).copied().unwrap_or_default()
    }

    pub fn one(&self, name: &str) -> f64 {
        *self.samples.get(&(name.to_owned(), Labels::new())).unwrap_or_else(|| panic!("no {name}"))
    }

    /// Names of the families that have samples.
    pub fn shown(&self) -> BTreeSet<String> {
        let base = |name: &str| {
            let ends = ["_bucket", "_sum", "_count"].into_iter().find_map(|end| name.strip_suffix(end));
            let family = |name: &str| self.families.iter().any(|(known, ..)| known == name);
            ends.filter(|base| family(base)).unwrap_or(name).to_owned()
        };
        self.samples.keys().map(|(name, _)| base(name)).collect()
    }
}

fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn read_labels(text: &str) -> Labels {
    let mut labels = Labels::new();
    let mut rest = text;
    loop {
        let (name, after) = rest.split_once("=\"").expect(text);
        assert!(is_name(name), "{text}");
        let (mut word, mut characters) = (String::new(), after.chars());
        loop {
            match characters.next().expect(text) {
                '"' => break,
                '\\' => match characters.next() {
                    Some('n') => word.push('\n'),
                    Some(c @ ('\\' | '"')) => word.push(c),
                    other => panic!("escaped {other:?} in {text}"),
                },
                c => word.push(c),
            }
        }
        assert!(labels.insert(name.to_owned(), word).is_none(), "{text}");
        match characters.as_str().strip_prefix(',') {
            Some(more) => rest = more,
            None if characters.as_str().is_empty() => return labels,
            None => panic!("{text}"),
        }
    }
}
