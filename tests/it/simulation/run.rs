//! One run: processes come and go, people wish, clocks jump, and in the end the weather clears.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::task::{Context, Poll};

use lumbar::bot::Bot;
use lumbar::domain::UserId;
use lumbar::domain::settings::Settings;
use lumbar::domain::topics::Library;
use lumbar::responses;
use lumbar::store::Store;
use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::courier::FlakyCourier;
use super::people::{self, Wish};
use super::time::{MachineClock, Task, Time};
use super::watched_store::WatchedStore;
use super::world::{Discord, Fault, Shared, Weather, World, lock};
use crate::random::Random;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// A run that is not over by then never will be.
const LONGEST_RUN: i64 = 72 * HOUR;
/// Whoever does so much while no time passes goes round in circles.
const MOST_TURNS: u64 = 100_000;

static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| Arc::new(Library::read(&responses::built_in()).unwrap()));

/// Something that happens at its time.
#[derive(Clone, Debug)]
enum Event {
    Start,
    Wish(UserId, Wish),
    /// The process with this place among those that are up dies when it has done so many more things.
    DiesSoon(u64),
    /// It is asked to stop, and killed a second later.
    Stop,
    Kill(usize),
    ClockJumps(i64),
    Closes(u64),
    Opens(u64),
    ChannelGoes(u64),
    ChannelComes(u64),
    Down(i64),
    ClearsUp,
}

struct Process {
    number: usize,
    bot: Arc<Bot>,
    stop: CancellationToken,
}

/// All that runs.
pub struct Run {
    pub world: Shared,
    tasks: Vec<Task>,
    up: Vec<Process>,
    started: usize,
    events: BTreeMap<(i64, u64), Event>,
    events_planned: u64,
    store: Arc<dyn Store>,
    elsewhere: bool,
    fault: Option<Fault>,
}

impl Run {
    /// Plans the run of this seed.
    pub fn plan(seed: u64, store: Arc<dyn Store>, elsewhere: bool, fault: Option<Fault>, traced: bool) -> Self {
        let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let weather = Weather::drawn(&mut random);
        let discord = Discord { nonce_memory: random.between(2 * MINUTE, 5 * MINUTE), ..Discord::default() };
        let end = random.between(20 * MINUTE, 90 * MINUTE);
        let mut planner = random.clone();
        planner.0 ^= 0x5eed;
        let world = World {
            time: Time::default(),
            random,
            weather,
            discord,
            account: Account::default(),
            steps_to_crash: None,
            crashed: None,
            busy: 0,
            outside: None,
            turns: 0,
            trace: traced.then(Vec::new),
        };
        let mut run = Self {
            world: Arc::new(Mutex::new(world)),
            tasks: Vec::new(),
            up: Vec::new(),
            started: 0,
            events: BTreeMap::new(),
            events_planned: 0,
            store,
            elsewhere,
            fault,
        };
        run.plan_people(&mut planner, end);
        run.plan_trouble(&mut planner, end);
        run.at(end, Event::ClearsUp);
        run
    }

    fn at(&mut self, time: i64, event: Event) {
        self.events_planned += 1;
        self.events.insert((time, self.events_planned), event);
    }

    fn plan_people(&mut self, random: &mut Random, end: i64) {
        self.at(0, Event::Start);
        if random.chance(200) {
            // A second process on the same database.
            self.at(0, Event::Start);
        }
        for _ in 0..random.between(2, 12) {
            let (person, wish) = (UserId::new(1 + random.below(3)), Wish::drawn(random));
            let latest = if random.chance(500) { 2 * MINUTE } else { end };
            self.at(random.between(0, latest), Event::Wish(person, wish));
        }
    }

    fn plan_trouble(&mut self, random: &mut Random, end: i64) {
        for _ in 0..random.one_of(&[0, 0, 1, 2, 5]) {
            self.at(random.between(0, end), Event::DiesSoon(1 + random.below(60)));
        }
        if random.chance(100) {
            self.at(random.between(0, end), Event::Stop);
        }
        for _ in 0..random.one_of(&[0, 0, 0, 1, 2]) {
            let far = random.one_of(&[SECOND, 40 * SECOND, 90 * SECOND, 10 * MINUTE, 2 * HOUR]);
            let far = if random.chance(50) { 13 * HOUR } else { far };
            self.at(random.between(0, end), Event::ClockJumps(random.one_of(&[far, -far])));
        }
        for person in 1..=3 {
            if random.chance(150) {
                let closes = random.between(0, end);
                self.at(closes, Event::Closes(person));
                if random.chance(500) {
                    self.at(closes + random.between(0, end), Event::Opens(person));
                }
            }
        }
        for channel in [100, 101] {
            if random.chance(150) {
                let goes = random.between(0, end);
                self.at(goes, Event::ChannelGoes(channel));
                if random.chance(500) {
                    self.at(goes + random.between(0, end), Event::ChannelComes(channel));
                }
            }
        }
        if random.chance(150) {
            let long = random.one_of(&[20 * SECOND, 3 * MINUTE, 10 * MINUTE, 10 * MINUTE, 30 * MINUTE, 13 * HOUR]);
            self.at(random.between(0, end), Event::Down(long));
        }
    }

    /// Lets it run until it is over, or has to wait for a database.
    pub fn go_on(&mut self, context: &Context<'_>) -> Poll<()> {
        loop {
            if !lock(&self.world).account.violations.is_empty() {
                return Poll::Ready(());
            }
            if self.let_all_go_on(context) {
                continue;
            }
            let mut world = lock(&self.world);
            if world.busy > 0 {
                world.outside = Some(context.waker().clone());
                return Poll::Pending;
            }
            let next = world.time.next().into_iter().chain(self.events.keys().next().map(|(at, _)| *at)).min();
            let live = world.account.live();
            let over = self.events.is_empty() && live.is_empty();
            let Some(next) = next.filter(|next| !over && *next <= LONGEST_RUN) else {
                if !live.is_empty() {
                    world.account.violations.push(format!("{live:?} were never settled"));
                }
                return Poll::Ready(());
            };
            world.turns = 0;
            let woken = world.time.pass_until(next);
            drop(world);
            woken.into_iter().for_each(std::task::Waker::wake);
            while let Some(entry) = self.events.first_entry().filter(|entry| entry.key().0 <= next) {
                let event = entry.remove();
                self.happen(event, next);
            }
        }
    }

    /// Whether anybody had something to do.
    fn let_all_go_on(&mut self, context: &Context<'_>) -> bool {
        let (mut busy, mut index) = (false, 0);
        while index < self.tasks.len() {
            match self.tasks[index].go_on(context.waker()) {
                None => index += 1,
                Some(Poll::Pending) => (busy, index) = (true, index + 1),
                Some(Poll::Ready(())) => {
                    busy = true;
                    drop(self.tasks.remove(index));
                }
            }
            let crashed = lock(&self.world).crashed.take();
            if let Some(number) = crashed {
                lock(&self.world).account.counts.crashes += 1;
                self.bury(number);
                return true;
            }
        }
        let mut world = lock(&self.world);
        world.turns += 1;
        if world.turns > MOST_TURNS {
            world.account.violations.push("somebody goes round in circles".to_owned());
        }
        busy
    }

    /// Drops all that a process was doing, and starts another after a while.
    fn bury(&mut self, number: usize) {
        if !self.up.iter().any(|process| process.number == number) {
            return;
        }
        self.up.retain(|process| process.number != number);
        self.tasks.retain(|task| task.process != number);
        let mut world = lock(&self.world);
        let pause = world.random.one_of(&[0, SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 20 * MINUTE]);
        let pause = if world.random.chance(20) { 13 * HOUR } else { pause };
        let back = world.time.passed + pause;
        drop(world);
        self.at(back, Event::Start);
    }

    fn start(&mut self) {
        self.started += 1;
        let number = self.started;
        lock(&self.world).tell(|| format!("process {number} starts"));
        let (world, fault) = (Arc::clone(&self.world), self.fault);
        let (inner, elsewhere) = (Arc::clone(&self.store), self.elsewhere);
        let store = WatchedStore { inner, elsewhere, world: Arc::clone(&world), process: number, fault };
        let settings = Settings { reminders_per_person: 4, ..Settings::default() };
        let bot = Arc::new(Bot::new(Arc::clone(&LIBRARY), Arc::new(store), settings));
        let stop = CancellationToken::new();
        self.up.push(Process { number, bot: Arc::clone(&bot), stop: stop.clone() });
        let courier = FlakyCourier { world: Arc::clone(&world), process: number, fault };
        let clock = MachineClock(world);
        self.tasks.push(Task::new(number, async move { bot.watch_reminders(&courier, &clock, &stop).await }));
    }

    fn happen(&mut self, event: Event, now: i64) {
        lock(&self.world).tell(|| format!("{event:?}"));
        let world = Arc::clone(&self.world);
        match event {
            Event::Start => self.start(),
            Event::Wish(person, wish) => match self.up.first() {
                Some(process) => {
                    let done = people::do_it(world, Arc::clone(&process.bot), person, wish);
                    self.tasks.push(Task::new(process.number, done));
                }
                // Commands do not work while the bot is gone; people try again.
                None => self.at(now + MINUTE, Event::Wish(person, wish)),
            },
            Event::DiesSoon(steps) => lock(&world).steps_to_crash = Some(steps),
            Event::Stop => {
                if let Some(process) = self.up.first() {
                    process.stop.cancel();
                    let number = process.number;
                    self.at(now + SECOND, Event::Kill(number));
                }
            }
            Event::Kill(number) => self.bury(number),
            Event::ClockJumps(by) => {
                let mut world = lock(&world);
                world.time.set_off += by;
                world.account.set_at = world.time.passed;
                if by > 0 {
                    world.account.set_forward_at = world.time.passed;
                }
            }
            Event::Closes(person) => lock(&world).discord.closed.push(person),
            Event::Opens(person) => lock(&world).discord.closed.retain(|it| *it != person),
            Event::ChannelGoes(channel) => lock(&world).discord.gone.push(channel),
            Event::ChannelComes(channel) => lock(&world).discord.gone.retain(|it| *it != channel),
            Event::Down(long) => lock(&world).discord.down_until = now + long,
            Event::ClearsUp => {
                let mut world = lock(&world);
                (world.weather, world.steps_to_crash) = (Weather::FINE, None);
            }
        }
    }
}
