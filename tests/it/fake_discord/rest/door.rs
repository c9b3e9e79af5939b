//! Who may come in: the token, and the user agent without which Discord's edge turns clients away.

use axum::http::header;

use super::super::state::State;
use super::answer::Answer;
use super::call::Call;
use super::cdn;
use super::script::codes;

/// Refuses a request with a wrong token or an unfit user agent.
pub fn check(state: &mut State, call: &Call) -> Result<(), Answer> {
    if cdn::is_here(&call.path) {
        if call.headers.contains_key(header::AUTHORIZATION) {
            state.fault(format!("the token went along to the CDN: {}", call.path));
        }
        return Ok(());
    }
    let sent = |name| call.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if !is_fit(sent(header::USER_AGENT)) {
        state.fault(format!("unfit user agent {:?}: wanted \"DiscordBot (url, version)\"", sent(header::USER_AGENT)));
    }
    let (authorization, expected) = (sent(header::AUTHORIZATION), format!("Bot {}", state.world.bot.token));
    // The token in the path of a webhook or callback is enough; /gateway is open to all.
    let open = ["/gateway", "/interactions", "/webhooks"].iter().any(|it| call.route.starts_with(it))
        && call.route != "/gateway/bot";
    if authorization == expected || (open && authorization.is_empty()) || call.route == "/gateway" {
        return Ok(());
    }
    Err(Answer::refusal(codes::UNAUTHORIZED))
}

fn is_fit(user_agent: &str) -> bool {
    user_agent.starts_with("DiscordBot (") && user_agent.contains(", ")
}
