//! What is kept about servers, in a store that may be ill.

use super::AilingStore;
use crate::store_around::leave_guilds_to;

leave_guilds_to!(AilingStore, well);
