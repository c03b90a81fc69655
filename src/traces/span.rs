//! One span: begun, told of, finished when it is dropped.

use std::time::Instant;

use rollbook_keyring::Entropy;

use super::Tracer;

/// Links of one span, at most.
const LINKS_MAX: usize = 256;
const TRACE_BYTES: usize = 16;
const SPAN_BYTES: usize = 8;
/// The bit of `trace-flags` that says that the trace is kept (W3C Trace Context, 3.2.2.5.1).
const SAMPLED: u8 = 1;

/// Names a span to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanContext {
    /// The trace.
    pub trace: [u8; TRACE_BYTES],
    /// The span in it.
    pub span: [u8; SPAN_BYTES],
    /// Whether the trace is kept.
    pub sampled: bool,
}

impl SpanContext {
    /// Reads a `traceparent` (W3C Trace Context, 3.2). `None` for what is none: the trace is begun anew then.
    #[must_use]
    pub fn parse(traceparent: &str) -> Option<SpanContext> {
        let mut parts = traceparent.split('-');
        let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let [version] = hex::<1>(version)?;
        // A later version may say more behind; the first may not, and 255 is none.
        if version == u8::MAX || version == 0 && parts.next().is_some() {
            return None;
        }
        let (trace, span, [flags]) = (hex(trace)?, hex(span)?, hex::<1>(flags)?);
        let is_named = trace != [0; TRACE_BYTES] && span != [0; SPAN_BYTES];
        is_named.then_some(SpanContext { trace, span, sampled: flags & SAMPLED != 0 })
    }

    pub(super) fn root(entropy: &dyn Entropy, keeps: impl FnOnce(u64) -> bool) -> SpanContext {
        let mut trace = [0; TRACE_BYTES];
        entropy.fill(&mut trace);
        let (_, random) = trace.split_at(TRACE_BYTES - SPAN_BYTES);
        let random = random.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        SpanContext { trace, span: new_span(entropy), sampled: keeps(random) }
    }

    pub(super) fn child(self, entropy: &dyn Entropy) -> SpanContext {
        // Nobody looks at the id of what is not kept.
        if !self.sampled {
            return self;
        }
        SpanContext { span: new_span(entropy), ..self }
    }
}

fn new_span(entropy: &dyn Entropy) -> [u8; SPAN_BYTES] {
    let mut span = [0; SPAN_BYTES];
    entropy.fill(&mut span);
    span
}

/// Lower-case hex digits of exactly so many bytes.
fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let text = text.as_bytes();
    if text.len() != N * 2 {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

/// Which side of a call a span stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Neither.
    Internal,
    /// The one who is asked.
    Server,
}

/// What is said of a span, under a name that stands in the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A word of the program.
    Word(String),
    /// How many, or where.
    Number(u64),
}

impl From<&'static str> for Said {
    fn from(word: &'static str) -> Self {
        Said::Word(word.to_owned())
    }
}

impl From<u64> for Said {
    fn from(number: u64) -> Self {
        Said::Number(number)
    }
}

/// A span under way. It ends when it is dropped. The default is none.
#[derive(Default)]
pub struct Span {
    context: Option<SpanContext>,
    live: Option<Box<(Finished, Tracer, Instant)>>,
}

/// A span that ended.
#[derive(Clone, Debug)]
pub(super) struct Finished {
    pub context: SpanContext,
    pub parent: Option<[u8; SPAN_BYTES]>,
    pub name: String,
    pub kind: Kind,
    /// Since 1970, in nanoseconds.
    pub began: u64,
    pub ended: u64,
    pub said: Vec<(&'static str, Said)>,
    pub links: Vec<SpanContext>,
    pub failed: bool,
}

impl Span {
    /// Of a trace that is not kept: nothing within it is.
    pub(super) fn unseen(context: SpanContext) -> Span {
        Span { context: Some(context), live: None }
    }

    pub(super) fn live(
        context: SpanContext,
        parent: Option<SpanContext>,
        name: String,
        kind: Kind,
        tracer: Tracer,
    ) -> Span {
        let now = Instant::now();
        let began = tracer.nanos(now);
        let finished = Finished {
            context,
            parent: parent.map(|parent| parent.span),
            name,
            kind,
            began,
            ended: began,
            said: Vec::new(),
            links: Vec::new(),
            failed: false,
        };
        Span { context: Some(context), live: Some(Box::new((finished, tracer, now))) }
    }

    /// A span within this one, if this one is kept.
    #[must_use]
    pub fn child(&self, name: &'static str) -> Span {
        self.live.as_ref().map_or_else(Span::default, |live| live.1.span(self.context, name, Kind::Internal))
    }

    /// What is begun within it is told this.
    #[must_use]
    pub fn context(&self) -> Option<SpanContext> {
        self.context
    }

    /// It turned out what it is.
    pub fn rename(&mut self, name: impl FnOnce() -> String) {
        if let Some(live) = &mut self.live {
            live.0.name = name();
        }
    }

    /// Says something of it. Nothing that comes from outside, and nothing of anybody.
    pub fn say(&mut self, name: &'static str, said: impl Into<Said>) {
        if let Some(live) = &mut self.live {
            live.0.said.push((name, said.into()));
        }
    }

    /// It did for this span what it did for its parent.
    pub fn link(&mut self, to: SpanContext) {
        if let Some(live) = &mut self.live
            && to.sampled
            && live.0.links.len() < LINKS_MAX
        {
            live.0.links.push(to);
        }
    }

    /// It ended in a fault, and not in an answer or a refusal.
    pub fn fail(&mut self) {
        self.live.iter_mut().for_each(|live| live.0.failed = true);
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        let Some(live) = self.live.take() else { return };
        let (mut finished, tracer, began) = *live;
        let took = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        finished.ended = finished.began.saturating_add(took);
        tracer.keep(finished);
    }
}
