//! What can be done to a server: start, stop, restart, kill, deploy anew.

use super::{
    Arc, Death, Fleet, NAMES, Restart, Server, ServerName, SessionLab, Settings, What, config,
    disks,
};
use crate::sessions::settings::Disk;

/// An end of a server's process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It finishes what it is doing.
    Clean,
    /// It dies where it stands.
    Killed,
}

impl SessionLab {
    /// Drops the servers that the balancer uses, with their sites and their memory, and builds them
    /// again. The connections to the engines belong to the program, not to a lab's server: five
    /// hundred labs share them.
    pub fn restart(&self) -> Restart {
        let seats = Fleet::in_use(self.settings().balance);
        let restarts = seats.iter().map(|&at| self.begin_anew(at, End::Clean));
        // The first is the one that the page shows.
        let restarts: Vec<Restart> = restarts.collect();
        let restart = restarts[0];
        self.notebook.page().restarted = Some(restart);
        self.notebook.touch();
        restart
    }

    /// Restarts one server: what is inside of it ends in peace, its memory is gone.
    pub fn restart_one(&self, at: usize) {
        self.begin_anew(at, End::Clean);
        self.notebook.touch();
    }

    /// Kills one server with everything that is inside of it; whoever watches over it starts it again.
    pub fn kill(&self, at: usize) {
        let inside = self.server(at).map_or(0, |server| server.requests.len());
        self.deed(at, "kill", &format!("ECONNRESET × {inside}"));
        self.begin_anew(at, End::Killed);
        self.notebook.touch();
    }

    /// Deploys a server anew, as a container: another memory, and another disk unless that is shared.
    pub async fn redeploy(&self, at: usize) {
        let drive = (self.settings().disk == Disk::Separate).then(|| self.disk(at));
        self.deed(at, "deploy", "OK");
        if let Some(disk) = drive {
            self.taped(Some(crate::stores::StoreKind::File), disk.remove_folder())
                .await
                .ok();
        }
        self.begin_anew(at, End::Killed);
        self.notebook.touch();
    }

    /// Stops a server: its memory is gone, and nobody answers in its place. `false` if it was stopped already.
    pub fn stop(&self, at: usize) -> bool {
        let Some(server) = self.fleet.replace(at, None) else {
            return false;
        };
        server.requests.close();
        self.bury(at, &server);
        self.notebook.page().servers[at].stopped = true;
        self.deed(at, "stop", "OK");
        self.notebook.touch();
        true
    }

    /// Starts a server that was stopped. `false` if it runs.
    pub fn start(&self, at: usize) -> bool {
        if self.server(at).is_some() {
            return false;
        }
        self.seat_fresh(at);
        let boot = self.notebook.page().servers[at].boot;
        self.deed(at, "start", &format!("boot {boot}"));
        self.notebook.touch();
        true
    }

    /// Puts a new server with an empty memory into the seat; gives back who sat there.
    pub(super) fn seat_fresh(&self, at: usize) -> Option<Arc<Server>> {
        let settings: Arc<Settings> = Arc::new(self.settings());
        let boot = {
            let life = &mut self.notebook.page().servers[at];
            life.boot += 1;
            life.started_ms = config::now_ms();
            life.stopped = false;
            life.boot
        };
        let name = ServerName {
            name: NAMES[at],
            boot,
        };
        let disk = &disks(&self.notebook, &settings)[at];
        let server = Server::start(name, &settings, &self.notebook, &self.outside, disk);
        self.fleet.replace(at, Some(server))
    }

    fn begin_anew(&self, at: usize, end: End) -> Restart {
        let began = std::time::Instant::now();
        let from = self.notebook.page().servers[at].boot;
        let old = self.seat_fresh(at);
        let held = old.as_ref().map_or(0, |old| {
            if end == End::Killed {
                old.killed.cancel();
            }
            self.bury(at, old)
        });
        // Here the old server dies, unless a request is still inside: then it dies with that request.
        drop(old);
        let restart = Restart {
            at_ms: config::now_ms(),
            from,
            to: from + 1,
            held,
        };
        self.notebook.record(
            None,
            0,
            What::Restarted {
                server: NAMES[at].to_owned(),
                from,
                to: restart.to,
                took_us: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
                held,
            },
        );
        restart
    }

    fn bury(&self, at: usize, server: &Server) -> u32 {
        let ids: Vec<String> = server
            .memory
            .records()
            .into_iter()
            .map(|record| record.place)
            .collect();
        self.notebook.page().ledger.bury(&Death {
            server: NAMES[at],
            boot: server.name.boot,
            at_ms: config::now_ms(),
            program: false,
            ids: Some(&ids),
        })
    }

    /// Writes on the tape what was done to the lab, and what came of it.
    pub fn note_deed(&self, text: &str, reply: &str) {
        let (text, reply) = (text.to_owned(), reply.to_owned());
        self.notebook.record(None, 0, What::Deed { text, reply });
    }

    fn deed(&self, at: usize, text: &str, reply: &str) {
        let server = NAMES[at].to_lowercase();
        self.note_deed(&format!("{text} server-{server}"), reply);
    }
}
