//! What is kept about servers is not what the simulation is about: the store inside does it.

use super::watched_store::WatchedStore;
use crate::store_around::leave_guilds_to;

leave_guilds_to!(WatchedStore, unwatched);
