//! The right to answer, in SQL.

use sqlx::{AnyConnection, AnyPool, query, query_scalar};

use super::row::{id, millis};
use crate::domain::Timestamp;
use crate::store::answers::longest_running;
use crate::store::{AnswerClaim, AnswerClaimed, Cooldown, CooldownKey};

pub(super) async fn claim(pool: &AnyPool, claim: &AnswerClaim) -> sqlx::Result<AnswerClaimed> {
    let mut step = pool.begin().await?;
    let outcome = try_claim(&mut step, claim).await?;
    match outcome {
        AnswerClaimed::Granted => step.commit().await?,
        _ => step.rollback().await?,
    }
    Ok(outcome)
}

async fn try_claim(step: &mut AnyConnection, claim: &AnswerClaim) -> sqlx::Result<AnswerClaimed> {
    if !claim_message(step, claim).await? {
        return Ok(AnswerClaimed::AlreadyAnswered);
    }
    if super::people::is_opted_out(&mut *step, claim.person).await? {
        return Ok(AnswerClaimed::OptedOut);
    }
    let holds: Vec<_> = claim.holds_in_order().into_iter().collect();
    for (position, (name, hold)) in holds.iter().enumerate() {
        if !hold_if_free(step, name, hold, claim.now).await? {
            // Those before this one were free: what stands there now is this step's own, and is about to be undone.
            let keys = holds[position..].iter().map(|(_, hold)| &hold.key);
            let held = running_among(step, keys, claim.now).await?;
            let ending_now = || Cooldown { key: hold.key.clone(), until: claim.now };
            return Ok(held.unwrap_or_else(ending_now).into());
        }
    }
    Ok(AnswerClaimed::Granted)
}

async fn claim_message(step: &mut AnyConnection, claim: &AnswerClaim) -> sqlx::Result<bool> {
    let claimed = query(
        "INSERT INTO answered (message, urgent, person, kept_until)
         SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT)
         WHERE NOT EXISTS (SELECT 1 FROM answered WHERE message = $1 AND urgent > $2)
         ON CONFLICT (message, urgent) DO NOTHING",
    )
    .bind(id(claim.message.get()))
    .bind(i64::from(claim.urgent))
    .bind(id(claim.person.get()))
    .bind(millis(claim.keep_message_until))
    .execute(step)
    .await?;
    Ok(claimed.rows_affected() > 0)
}

/// The condition stands in the update itself, so that of two who race only one finds the cooldown over.
async fn hold_if_free(step: &mut AnyConnection, name: &str, hold: &Cooldown, now: Timestamp) -> sqlx::Result<bool> {
    let held = query(
        "INSERT INTO cooldowns (name, person, held_until) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET held_until = excluded.held_until WHERE cooldowns.held_until <= $4",
    )
    .bind(name)
    .bind(hold.key.person().map(|person| id(person.get())))
    .bind(millis(hold.until))
    .bind(millis(now))
    .execute(step)
    .await?;
    Ok(held.rows_affected() > 0)
}

pub(super) async fn running(pool: &AnyPool, keys: &[CooldownKey], now: Timestamp) -> sqlx::Result<Option<Cooldown>> {
    let mut connection = pool.acquire().await?;
    running_among(&mut connection, keys.iter(), now).await
}

async fn running_among(
    connection: &mut AnyConnection,
    keys: impl Iterator<Item = &CooldownKey> + Send,
    now: Timestamp,
) -> sqlx::Result<Option<Cooldown>> {
    let mut found = Vec::new();
    for key in keys {
        let until = query_scalar("SELECT held_until FROM cooldowns WHERE name = $1")
            .bind(key.to_string())
            .fetch_optional(&mut *connection)
            .await?;
        found.extend(until.map(|until| Cooldown { key: key.clone(), until: Timestamp::from_millis(until) }));
    }
    Ok(longest_running(found.into_iter(), now))
}
