//! A Discord that is slow, busy, ill and forgetful; requests are repeated as the real ones are.

use async_trait::async_trait;
use lumbar::bot::reminders::{Courier, Delivery};
use lumbar::domain::reminders::Destination;
use lumbar::domain::reminders::delivery::DeliveryFailure;
use lumbar::domain::reply::Reply;

use super::time::sleep;
use super::world::{Fault, Shared, World, lock, step};

/// Like `discord/requests.rs`: so many tries, and this pause before the second.
const TRIES: u32 = 4;
const FIRST_PAUSE: i64 = 250;

/// The courier of one process.
pub struct FlakyCourier {
    pub world: Shared,
    pub process: usize,
    pub fault: Option<Fault>,
}

enum Answer {
    Taken,
    Refused,
    Busy(i64),
    Lost,
}

#[async_trait]
impl Courier for FlakyCourier {
    async fn deliver(&self, delivery: &Delivery) -> Result<(), DeliveryFailure> {
        let mut delivery = delivery.clone();
        if self.fault == Some(Fault::FreshNonces) {
            let number = lock(&self.world).random.below(1 << 40);
            delivery.nonce = format!("{}!{number}", delivery.nonce);
        }
        if self.fault == Some(Fault::AlwaysOnTime) {
            conceal_lateness(&mut delivery.reply);
        }
        lock(&self.world).account_start(self.process, &delivery);
        let _under_way = UnderWay(self, delivery.nonce.clone());
        let gives_up =
            self.fault == Some(Fault::NoSecondPlace) && !lock(&self.world).account.is_first_place(&delivery.nonce);
        if gives_up {
            return Err(DeliveryFailure::Refused);
        }
        let outcome = self.request(&delivery).await;
        if outcome.is_ok() {
            lock(&self.world).account_told(self.process, &delivery);
        }
        step(&self.world, self.process).await;
        outcome
    }
}

fn conceal_lateness(reply: &mut Reply) {
    for text in reply.lead.iter_mut().chain(reply.card.iter_mut().map(|card| &mut card.body)) {
        *text = text.replace("This is late", "");
    }
}

/// Whatever ends a delivery, an answer or the death of its process, it is over then.
struct UnderWay<'a>(&'a FlakyCourier, String);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        lock(&self.0.world).account.over(self.0.process, &self.1);
    }
}

impl FlakyCourier {
    async fn request(&self, delivery: &Delivery) -> Result<(), DeliveryFailure> {
        let (mut tries, mut pause) = (0, FIRST_PAUSE);
        while tries < TRIES {
            step(&self.world, self.process).await;
            let way = lock(&self.world).one_way();
            sleep(&self.world, way).await;
            let answer = lock(&self.world).ask(delivery);
            step(&self.world, self.process).await;
            sleep(&self.world, way).await;
            match answer {
                Answer::Taken => return Ok(()),
                Answer::Refused => return Err(DeliveryFailure::Refused),
                Answer::Busy(wait) => sleep(&self.world, wait).await,
                Answer::Lost => {
                    tries += 1;
                    sleep(&self.world, pause).await;
                    pause *= 2;
                }
            }
        }
        Err(DeliveryFailure::Unreachable)
    }
}

impl World {
    fn one_way(&mut self) -> i64 {
        let longest = self.weather.latency / 2;
        self.random.between(0, longest)
    }

    /// A request arrives at Discord.
    fn ask(&mut self, delivery: &Delivery) -> Answer {
        let (weather, nonce) = (self.weather, &delivery.nonce);
        if self.time.passed < self.discord.down_until || self.random.chance(weather.dropped_before) {
            return Answer::Lost;
        }
        if self.random.chance(weather.rate_limited) {
            return Answer::Busy(self.random.between(100, 5_000));
        }
        if self.random.chance(weather.server_error) {
            return Answer::Lost;
        }
        let refused = match delivery.destination {
            Destination::Direct => self.discord.closed.contains(&delivery.person.get()),
            Destination::Channel(channel) => self.discord.gone.contains(&channel.get()),
        };
        if refused {
            self.account_refused(delivery);
            return Answer::Refused;
        }
        let (now, memory) = (self.time.passed, self.discord.nonce_memory);
        self.discord.nonces.retain(|(_, at)| now - at <= memory);
        if !self.discord.nonces.iter().any(|(known, _)| known == nonce) {
            self.discord.nonces.push((nonce.clone(), now));
            self.account_post(delivery);
        }
        if self.random.chance(weather.dropped_after) { Answer::Lost } else { Answer::Taken }
    }
}
