//! [`FakeDiscord`]: start it, fill it, and settle the account at the end.

use std::cell::Cell;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, RawQuery, Request, WebSocketUpgrade};
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::conversation::{Person, Server, Shown};
use super::gateway::{GatewayControl, connection};
use super::logs::{Listener, LogWatch};
use super::rest::script::Failure;
use super::rest::socket::{CuttableListener, Switch};
use super::rest::{self, Recorded};
use super::state::{Core, State};

/// A Discord for one test. It must be ended with [`FakeDiscord::finish`].
///
/// Needs a current-thread runtime, which `#[tokio::test]` gives: the log of everything in it is then this test's own.
#[derive(Debug)]
pub struct FakeDiscord {
    core: Arc<Core>,
    server: JoinHandle<()>,
    logs: LogWatch,
    expected: std::cell::RefCell<Vec<String>>,
    finished: Cell<bool>,
}

/// Something that the bot always answers. See [`FakeDiscord::canary`].
#[derive(Clone, Debug)]
pub enum Canary {
    /// A slash command without options, sent by a stranger in direct messages.
    Command(String),
    /// A message, by a stranger in a server of their own.
    Message(String),
    /// None: silence cannot be told.
    None,
}

impl FakeDiscord {
    /// Starts an empty Discord on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on loopback");
        let address = listener.local_addr().expect("the port just bound").to_string();
        let core = Arc::new(Core::new(address));
        let logs = LogWatch::start(&core);
        let server = tokio::spawn(serve(listener, Arc::clone(&core)));
        Self { core, server, logs, expected: Vec::new().into(), finished: Cell::new(false) }
    }

    /// What the bot is given as `DISCORD_API_URL`.
    pub fn api_url(&self) -> String {
        self.core.look(|state| format!("http://{}", state.address))
    }

    /// What the bot is given as `DISCORD_TOKEN`.
    pub fn token(&self) -> String {
        self.core.look(|state| state.world.bot.token.clone())
    }

    /// The shared state, for the modules of the fake and for unusual tests.
    pub fn core(&self) -> &Arc<Core> {
        &self.core
    }

    /// A message in the gateway's JSON, to make a flood from.
    pub fn wire_of(&self, message: &impl Shown) -> String {
        let id = message.message_id();
        self.core.look(|state| super::wire::gateway_message(&state.world, id)).to_string()
    }

    /// How a message mentions the bot.
    pub fn mention_of_the_bot(&self) -> String {
        self.core.look(|state| format!("<@{}>", state.world.bot.user))
    }

    /// For threads that work for this test.
    pub fn log_listener(&self) -> Listener {
        self.logs.listener()
    }

    /// What the bot wrote to its log so far, down to DEBUG: `WARN lumbar::discord: …`. A bot in process only.
    pub fn log(&self) -> Vec<String> {
        self.logs.told()
    }

    /// The bot's own account, to see what it makes of itself.
    pub fn the_bot(&self) -> Person {
        Person::known(&self.core, self.core.look(|state| state.world.bot.user))
    }

    /// A new server.
    pub fn guild(&self, name: &str) -> Server {
        Server::create(&self.core, name)
    }

    /// A new person.
    pub fn person(&self, name: &str) -> Person {
        Person::create(&self.core, name)
    }

    /// The gateway: sessions, outages, floods.
    pub fn gateway(&self) -> GatewayControl {
        GatewayControl::new(Arc::clone(&self.core))
    }

    /// The REST API: failures to come, requests that were.
    pub fn rest(&self) -> RestControl<'_> {
        RestControl { core: &self.core }
    }

    /// Takes the privileged intents away, as the developer portal does by default.
    pub fn grants_no_privileged_intents(&self) {
        self.core.change(|state| state.world.bot.granted_intents = 0);
    }

    /// Lets time pass in this world: for new ids, the memory of nonces and the life of interaction tokens.
    pub fn passes(&self, time: Duration) {
        self.core.change(|state| state.world.clock.advance(i64::try_from(time.as_millis()).unwrap_or(i64::MAX)));
    }

    /// Lets time stand still in this world until it is told to pass: a slow machine must not make it later than the test says.
    pub fn time_stands_still(&self) {
        self.core.change(|state| state.world.clock.stand_still());
    }

    /// Shortens the three seconds, so that a test of lateness need not take as long.
    pub fn wants_acknowledgement_within(&self, limit: Duration) {
        self.core.change(|state| state.acknowledgement_limit = limit);
    }

    /// Waits until the `count`th request to this route has arrived, answered or not.
    pub async fn rest_is_asked(&self, method: &str, path: &str, count: usize) {
        let route = rest::known_route(method, path);
        let arrived = |state: &mut State| {
            let of_route = state.requests.iter().filter(|it| it.method == method && it.route == route);
            (of_route.count() >= count).then_some(())
        };
        self.core.wait_for(&format!("request {count} to {method} {path}"), arrived).await;
    }

    /// Chooses what the bot is asked when a test needs to know that it has handled everything before. `/help` at first.
    ///
    /// Events reach the bot in order, and their handling starts in order. So once the canary is answered, the handling of
    /// whatever was sent before has begun. A bot in process that handles each event in a tracing span named "handling" is
    /// then waited for until no such span is open: that is exact. The real binary shows no spans; there the canary's
    /// round trip must do, and [`FakeDiscord::finish`] finds what came later.
    pub fn canary(&self, canary: Canary) {
        self.core.change(|state| state.canary = canary);
    }

    /// Waits until the bot has handled everything that it was told.
    pub async fn settles(&self) {
        settle(&self.core).await;
    }

    /// Declares that a fault or an ERROR in the log with this text is part of the test. It must happen.
    pub fn expects(&self, text: &str) {
        self.expected.borrow_mut().push(text.to_owned());
    }

    /// Everything that is wrong, apart from what [`FakeDiscord::expects`] declared.
    pub async fn faults(&self) -> Vec<String> {
        let alive = self.core.look(|state| state.exit.is_none() && state.gateway.connected() > 0);
        if alive {
            self.settles().await;
        }
        let mut faults = self.core.look(left_over);
        faults.extend(self.logs.errors().into_iter().map(|it| format!("ERROR in the log: {it}")));
        faults.extend(self.logs.panics().into_iter().map(|it| format!("panic: {it}")));
        for expected in self.expected.borrow().iter() {
            let before = faults.len();
            faults.retain(|it| !it.contains(expected.as_str()));
            if faults.len() == before {
                faults.push(format!("expected, and it did not happen: {expected}"));
            }
        }
        faults
    }

    /// Ends the test. Fails it for whatever is wrong or left over.
    pub async fn finish(self) {
        let faults = self.faults().await;
        self.finished.set(true);
        self.core.look(|state| report_validated(state.validated));
        assert!(faults.is_empty(), "the conversation left this behind:\n- {}", faults.join("\n- "));
    }

    /// Ends the test without the account, for tests of the fake itself and for benchmarks.
    pub fn abandon(self) {
        self.finished.set(true);
    }
}

/// Sends the canary and waits until it and all requests are answered.
pub async fn settle(core: &Arc<Core>) {
    let stranger = || Person::create(core, "Canary");
    match core.look(|state| state.canary.clone()) {
        Canary::Command(name) => drop(stranger().runs(&name).in_direct_messages().await),
        Canary::Message(text) => {
            let cage = Server::create(core, "The canary's cage").channel("cage");
            stranger().says(&cage, &text).await;
            super::conversation::bot_reply(&cage).await;
        }
        Canary::None => {}
    }
    let idle = |state: &mut State| (state.requests_under_way == 0 && state.handling == 0).then_some(());
    core.wait_for("the bot to be done with everything it was told", idle).await;
}

impl Drop for FakeDiscord {
    fn drop(&mut self) {
        self.server.abort();
        if !self.finished.get() && !std::thread::panicking() {
            panic!("this test ends without discord.finish().await: nobody looked at what was left over");
        }
    }
}

async fn serve(listener: TcpListener, core: Arc<Core>) {
    let for_gateway = Arc::clone(&core);
    let gateway = move |RawQuery(query): RawQuery, upgrade: WebSocketUpgrade| async move {
        upgrade.on_upgrade(async move |socket| {
            connection::converse(for_gateway, socket, &query.unwrap_or_default()).await;
        })
    };
    let rest = move |ConnectInfo(switch): ConnectInfo<Switch>, request: Request| rest::serve(core, switch, request);
    let routes = Router::new().route("/", any(gateway)).fallback(rest);
    let service = routes.into_make_service_with_connect_info::<Switch>();
    // It ends with the task.
    let _ = axum::serve(CuttableListener(listener), service).await;
}

/// What a finished conversation must not leave.
fn left_over(state: &State) -> Vec<String> {
    let mut faults = state.faults.clone();
    let unread =
        state.world.unread().map(|it| format!("unread: {}", super::conversation::text::of(&state.world, &it.body)));
    faults.extend(unread);
    let reactions = state.world.unread_reactions();
    faults.extend(reactions.map(|(id, emoji)| format!("a reaction that nobody looked at: {emoji} under {id}")));
    let unanswered = state.world.interactions.values().filter(|it| it.callback.is_none());
    faults.extend(unanswered.map(|it| format!("never acknowledged: {}", it.what)));
    let loading = state.world.messages.values().filter(|it| !it.deleted && it.is_loading());
    faults.extend(loading.map(|it| format!("still \"thinking\": {}", it.id)));
    faults.extend(state.script.left_over().into_iter().map(|it| format!("a scripted failure was never met: {it}")));
    let refused = state.requests.iter().filter(|it| it.status == Some(401));
    faults.extend(refused.map(|it| format!("wrong token: {it}")));
    faults
}

/// One line for this test, and a line in a tally from which the whole run can be summed up.
fn report_validated(count: usize) {
    println!("validated {count} request bodies against Discord's OpenAPI description");
    let tally = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("validated-bodies");
    let file = std::fs::OpenOptions::new().create(true).append(true).open(tally);
    // The tally is a service to whoever sums up; no test depends on it.
    let _ = file.and_then(|mut file| writeln!(file, "{count}"));
}

/// `discord.rest()`.
#[derive(Debug)]
pub struct RestControl<'a> {
    core: &'a Arc<Core>,
}

impl RestControl<'_> {
    /// The next request to this route, written as Discord's documentation does (`/channels/{id}/messages`) …
    pub fn next(&self, method: &str, path: &str) -> NextRequest<'_> {
        NextRequest { core: self.core, method: method.to_owned(), path: rest::known_route(method, path) }
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.core.look(|state| state.requests.clone())
    }

    /// Every request to this route so far.
    pub fn requests_to(&self, method: &str, path: &str) -> Vec<Recorded> {
        let route = rest::known_route(method, path);
        self.requests().into_iter().filter(|it| it.method == method && it.route == route).collect()
    }

    /// Waits for the `count`th request to this route to be answered.
    pub async fn wait_for(&self, method: &str, path: &str, count: usize) -> Recorded {
        let route = rest::known_route(method, path);
        let find = |state: &mut State| {
            let of_route = state.requests.iter().filter(|it| it.method == method && it.route == route);
            of_route.filter(|it| it.status.is_some()).nth(count - 1).cloned()
        };
        self.core.wait_for(&format!("request {count} to {method} {path}"), find).await
    }
}

/// … meets a failure.
#[derive(Debug)]
pub struct NextRequest<'a> {
    core: &'a Arc<Core>,
    method: String,
    path: &'static str,
}

impl NextRequest<'_> {
    /// … meets this failure. Further failures for the same route meet the requests after it.
    pub fn fails_with(self, failure: Failure) -> Self {
        self.core.change(|state| state.script.add(&self.method, self.path, failure));
        self
    }

    /// … is answered only after this time.
    pub fn takes(self, time: Duration) -> Self {
        self.fails_with(Failure::Delay(time))
    }

    /// … is answered only when the gate opens.
    pub fn waits_for_a_gate(self) -> Gate {
        let gate = Arc::new(tokio::sync::Semaphore::new(0));
        self.fails_with(Failure::Held(Arc::clone(&gate)));
        Gate(gate)
    }
}

/// Holds one request back.
#[derive(Debug)]
pub struct Gate(Arc<tokio::sync::Semaphore>);

impl Gate {
    /// Lets the request go on.
    pub fn opens(self) {
        self.0.add_permits(1);
    }
}
