//! Roles of a server.

use std::sync::Arc;

use super::super::state::{Core, State};
use super::super::world::Id;
use super::super::world::permissions::Permission;

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    pub(super) core: Arc<Core>,
    pub(super) guild: Id,
    pub id: Id,
}

impl Role {
    /// Who has it may do this.
    pub fn permits(self, permission: Permission) -> Self {
        self.changes(|permissions| permissions | permission.bit())
    }

    /// Who has it may no longer do this by it.
    pub fn forbids(self, permission: Permission) -> Self {
        self.changes(|permissions| permissions & !permission.bit())
    }

    fn changes(self, change: impl FnOnce(u64) -> u64) -> Self {
        self.core.change(|state| {
            let guild = state.world.guilds.get_mut(&self.guild).expect("the role's server");
            let role = guild.roles.iter_mut().find(|it| it.id == self.id).expect("this role");
            role.permissions = change(role.permissions);
            state.dispatch_role("GUILD_ROLE_UPDATE", self.guild, self.id);
        });
        self
    }

    /// How a message mentions it.
    pub fn mention(&self) -> String {
        format!("<@&{}>", self.id)
    }

    /// Gives it to somebody.
    pub(super) fn is_given_to(&self, user: Id) {
        self.core.change(|state| {
            let guild = state.world.guilds.get_mut(&self.guild).expect("the role's server");
            guild.held.entry(user).or_default().insert(self.id);
            state.dispatch_member(self.guild, user);
        });
    }

    /// Takes it away from somebody.
    pub(super) fn is_taken_from(&self, user: Id) {
        self.core.change(|state| {
            let guild = state.world.guilds.get_mut(&self.guild).expect("the role's server");
            guild.held.entry(user).or_default().remove(&self.id);
            state.dispatch_member(self.guild, user);
        });
    }
}
