//! What of the free time one member may take. Pure: the rule book is asked, nothing is decided here.

use chrono::TimeDelta;

use crate::{
    gates::{Facts, Proposal, Survey, review},
    kernel::{Code, Instant, LocalDay, Period, Refusal},
    machines::Machine,
};

/// Free time that has one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// When.
    pub period: Period,
    /// Why it cannot be taken, if it cannot.
    pub refusal: Option<Refusal>,
}

/// One member before one machine, day after day.
#[derive(Debug)]
pub struct Reading<'a> {
    survey: &'a Survey,
    machine: &'a Machine,
    now: Instant,
    shortest: TimeDelta,
    /// Until when the last booking reaches that passed.
    passed: Option<Instant>,
}

impl<'a> Reading<'a> {
    /// Before the first day.
    #[must_use]
    pub fn new(survey: &'a Survey, machine: &'a Machine, now: Instant) -> Self {
        // The shortest booking that lies on the grid.
        let (grid, least) = (machine.rules.grid_minutes.max(1), machine.rules.min_minutes);
        let steps = (least + grid - 1) / grid;
        let shortest = TimeDelta::minutes((steps.max(1) * grid).into());
        Self { survey, machine, now, shortest, passed: None }
    }

    /// The free steps of a day with their answers: each by itself, or joined where they touch and agree. A step that is
    /// no start any more, because the shortest booking would not fit behind it, can still be the end of one.
    pub fn day(&mut self, day: LocalDay, steps: &[Period], each: bool) -> Vec<Piece> {
        let Some(facts) = self.survey.facts(self.machine, day.period().extended(self.shortest)) else {
            return Vec::new();
        };
        let mut pieces: Vec<Piece> = Vec::new();
        for step in steps {
            let start = step.start();
            let mut refusal = Period::starting(start, self.shortest)
                .and_then(|period| self.refusals(&facts, period).into_iter().next());
            if refusal.is_none() {
                self.passed = Some(start + self.shortest);
            } else if !each && self.passed.is_some_and(|until| step.end() <= until) {
                refusal = None;
            }
            let piece = Piece { period: *step, refusal };
            match pieces.last_mut() {
                Some(last) if !each && last.period.end() >= start && last.code() == piece.code() => {
                    last.period = last.period.extended(step.end() - last.period.end());
                }
                _ => pieces.push(piece),
            }
        }
        if !each {
            for piece in &mut pieces {
                self.tell_whole(&facts, piece);
            }
        }
        pieces
    }

    /// Facts such as "from" and "to" speak of the whole piece, not of its first step.
    fn tell_whole(&self, facts: &Facts, piece: &mut Piece) {
        let Some(refusal) = &mut piece.refusal else { return };
        let of_all = self.refusals(facts, piece.period);
        if let Some(same) = of_all.into_iter().find(|other| other.code == refusal.code) {
            *refusal = same;
        }
    }

    fn refusals(&self, facts: &Facts, period: Period) -> Vec<Refusal> {
        let proposal = Proposal { period, replaces: None, keeps_start: false, overrides: Vec::new() };
        review(&proposal, facts, self.now).err().unwrap_or_default()
    }
}

impl Piece {
    fn code(&self) -> Option<Code> {
        self.refusal.as_ref().map(|refusal| refusal.code)
    }
}
