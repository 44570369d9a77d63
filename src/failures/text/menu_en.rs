//! The menu of failures, in English.

use super::FailureWords;
use crate::failures::menu::{Failure, Safety};

/// The texts of an entry.
#[expect(clippy::too_many_lines, reason = "a table of texts")]
pub(super) const fn words(failure: Failure) -> &'static FailureWords {
    match failure {
        Failure::Restart => &FailureWords {
            title: "Restart the server",
            does: "Server A finishes what it is doing, lets go of its memory and starts again.",
            because: "The memory was a Map inside the process, and the new one begins empty. The file, the key in Redis and the document in MongoDB are outside: the new server finds them.",
        },
        Failure::Kill => &FailureWords {
            title: "Kill the server",
            does: "Server A dies where it stands and starts again, as a process manager would have it. Whatever was inside gets no answer (ECONNRESET).",
            because: "What was already stored outside does not depend on how the server dies: the same is lost as in a restart, the memory. The file is written beside its place and renamed as a whole, so a death does not leave half of it.",
        },
        Failure::Stop => &FailureWords {
            title: "Stop the server",
            does: "Server A is stopped, and nobody answers in its place until somebody starts it. The balancer keeps sending it the requests.",
            because: "The balancer answers 502 in all four cases: no store is asked anything. The records outside are still there; the memory is gone, even if it does not show yet.",
        },
        Failure::Redeploy => &FailureWords {
            title: "Deploy again",
            does: "Server A is replaced by a new container: another memory and, unless the disk is shared, the folder of sessions is deleted (rm -r).",
            because: "A container's disk goes with it: memory and file are lost. With a shared disk the file is kept. Redis and MongoDB are outside and notice nothing.",
        },
        Failure::OtherServer => &FailureWords {
            title: "Another server answers",
            does: "You have logged in through server A; from now on the balancer sends everything to server B.",
            because: "B has a Map and a disk of its own, with nothing of yours in them; the file is kept only if the disk is shared. Redis and MongoDB are the same for A and B. Nothing has failed: it is enough to have two servers.",
        },
        Failure::RedisDown => &FailureWords {
            title: "Redis is down",
            does: "Your redis-server gets SIGTERM and stays stopped.",
            because: "The store cannot answer: 503. That is not the same as “I do not know you”, and the cookie is not taken away. With connect-redis, node-redis queues commands by default and the request waits until Redis is back. The other three go on.",
        },
        Failure::RedisCrash(Safety::None) => &FailureWords {
            title: "Redis is killed (SIGKILL), no persistence",
            does: "Without RDB and AOF, your redis-server gets SIGKILL and starts again.",
            because: "Nothing had gone to disk: the new process begins empty, like the memory of a server that restarts. The other three go on.",
        },
        Failure::RedisCrash(Safety::Rdb) => &FailureWords {
            title: "Redis is killed (SIGKILL), with RDB",
            does: "With the usual snapshot rules, your redis-server gets SIGKILL and starts again. There was no snapshot since the login.",
            because: "RDB keeps only what the last snapshot held, and SIGKILL leaves no time for another: your login is later than that, and lost. “Redis persists to disk” is not enough of an answer. The other three go on.",
        },
        Failure::RedisCrash(Safety::Snapshot) => &FailureWords {
            title: "Redis is killed (SIGKILL), with a snapshot",
            does: "After the login a snapshot is taken (BGSAVE); then your redis-server gets SIGKILL and starts again.",
            because: "The key was in the snapshot already and comes back at the start, with its expiry. Whatever was written after the snapshot would have been lost. The other three go on.",
        },
        Failure::RedisCrash(Safety::Aof) => &FailureWords {
            title: "Redis is killed (SIGKILL), with AOF",
            does: "With appendonly yes, your redis-server gets SIGKILL and starts again.",
            because: "It runs with appendfsync always here: every write reaches the AOF file and the disk before its reply, so killing the process loses nothing acknowledged. With everysec, while the disk is busy, Redis may put the write off for up to 2 s, and a death at that moment loses it. The other three go on.",
        },
        Failure::RedisStop(Safety::None) => &FailureWords {
            title: "Redis is stopped (SIGTERM), no persistence",
            does: "Without RDB and AOF, your redis-server gets SIGTERM, as when a service is stopped, and starts again.",
            because: "It ends in good order, but has no rule to save by: it leaves without writing anything and comes back empty. The other three go on.",
        },
        Failure::RedisStop(Safety::Rdb | Safety::Snapshot) => &FailureWords {
            title: "Redis is stopped (SIGTERM), with RDB",
            does: "With snapshot rules, your redis-server gets SIGTERM, as when a service is stopped, and starts again.",
            because: "If there is any snapshot rule, SIGTERM saves one before leaving. With the same rules SIGKILL leaves no time: what decides is how it was stopped. The other three go on.",
        },
        Failure::RedisStop(Safety::Aof) => &FailureWords {
            title: "Redis is stopped (SIGTERM), with AOF",
            does: "With appendonly yes, your redis-server gets SIGTERM, as when a service is stopped, and starts again.",
            because: "The write was in the AOF already, and is read again at the start. The other three go on.",
        },
        Failure::RedisShutdown(Safety::None) => &FailureWords {
            title: "SHUTDOWN of Redis, no persistence",
            does: "Without RDB and AOF, your redis-server gets the command SHUTDOWN and starts again.",
            because: "A plain SHUTDOWN saves only if there is a snapshot rule; here there is none, and it comes back empty. SHUTDOWN SAVE would have saved. The other three go on.",
        },
        Failure::RedisShutdown(Safety::Rdb | Safety::Snapshot) => &FailureWords {
            title: "SHUTDOWN of Redis, with RDB",
            does: "With snapshot rules, your redis-server gets the command SHUTDOWN and starts again.",
            because: "SHUTDOWN saves a snapshot before leaving, because there are rules. SHUTDOWN NOSAVE would not have. The other three go on.",
        },
        Failure::RedisShutdown(Safety::Aof) => &FailureWords {
            title: "SHUTDOWN of Redis, with AOF",
            does: "With appendonly yes, your redis-server gets the command SHUTDOWN and starts again.",
            because: "The write was in the AOF already, and is read again at the start. The other three go on.",
        },
        Failure::RedisPause => &FailureWords {
            title: "Redis is frozen (SIGSTOP)",
            does: "Your redis-server gets SIGSTOP: the process exists, but does not answer.",
            because: "The store waits until its time runs out and answers 503. Without that limit the request would wait. Nothing is lost: once resumed (SIGCONT), the session is still there. The other three go on.",
        },
        Failure::RedisFull => &FailureWords {
            title: "Redis is full: noeviction",
            does: "Your Redis is filled up to its maxmemory under the policy noeviction. The question is GET /visit, which writes.",
            because: "Redis reads the session but refuses to write it: OOM command not allowed when used memory > 'maxmemory'. The session exists, and a page that only reads would work. The other three count the visit.",
        },
        Failure::RedisEvict => &FailureWords {
            title: "Redis is full: allkeys-lru",
            does: "Your Redis is filled under the policy allkeys-lru until it evicts your session's key.",
            because: "To make room, Redis throws away the keys that have not been used for longest, even with TTL left. There is no error anywhere: only evicted_keys grows, and somebody finds themselves logged out. The other three go on.",
        },
        Failure::RotateKey => &FailureWords {
            title: "Replace the signing key",
            does: "The key that signs the cookies is replaced by another; the old one is forgotten. If there was none, one is set before the login.",
            because: "The signature does not verify with the new key, and the cookie counts as if it had not arrived: no store is asked. All four records are still there, and nobody can get at them. In Express, changing the only secret does the same.",
        },
        Failure::RotateKeyKeepOld => &FailureWords {
            title: "New key before the old one",
            does: "A new key is put before the old one, like secret: [new, old] in Express. If there was none, one is set before the login.",
            because: "The first signs and all verify: the cookie that was signed with the old key is still good. The old key can go once no cookie signed with it is left.",
        },
        Failure::DeleteCookie => &FailureWords {
            title: "Delete the cookies",
            does: "The four session cookies are taken out of the browser by Set-Cookie with Max-Age=0.",
            because: "Without a cookie there is no id, and no store is asked anything. The records stay where they are, orphaned, until they expire. That is why deleting cookies is not logging out.",
        },
        Failure::DeleteFile => &FailureWords {
            title: "Delete the file",
            does: "Your session's file is deleted from the disk (unlink).",
            because: "The id arrives, but the file is not there. The store cannot tell a file that was deleted from one that never was. The other three go on.",
        },
        Failure::CorruptFile => &FailureWords {
            title: "Spoil the file",
            does: "In your session's file only the beginning of the JSON is left.",
            because: "It cannot be read, so it is no session. Our store puts it aside as .json.corrupt for somebody to look at; session-file-store answers 500 once and deletes it. The other three go on.",
        },
        Failure::DeleteKey => &FailureWords {
            title: "Delete the key in Redis",
            does: "Your session's key is deleted (DEL).",
            because: "GET answers nil: the same as if it had expired or been evicted. The other three go on.",
        },
        Failure::DeleteDocument => &FailureWords {
            title: "Delete the document in MongoDB",
            does: "Your session's document is deleted (deleteOne).",
            because: "The search finds nothing. This is how a server ends somebody else's session: the cookie is still in their browser, and worth nothing. The other three go on.",
        },
        Failure::Expire => &FailureWords {
            title: "Cookie and record expire",
            does: "You log in with 2 seconds to live, in the cookie (Max-Age=2) and in the record. The question comes when they are over.",
            because: "The browser no longer sends the cookie, so the cookie decides. If somebody sent it by hand, no store would give the record: its time is over too.",
        },
        Failure::CookieFirst => &FailureWords {
            title: "The cookie expires first",
            does: "You log in with Max-Age=2; the record has the lifetime of your settings. The question comes when the 2 seconds are over.",
            because: "The browser stops sending the cookie, and the server no longer knows who you are. The records live on, but their owner cannot ask for them; for somebody who had copied the cookie they would still be good.",
        },
        Failure::RecordFirst => &FailureWords {
            title: "The record expires first",
            does: "You log in with a ttl of 2 seconds; the cookie has the lifetime of your settings. The question comes when the 2 seconds are over.",
            because: "The cookie arrives and the store says no. Redis has deleted the key already. The document in MongoDB may lie there until the sweep, about once a minute: what logs you out is the filter of the search. The file and the entry of the Map are deleted when somebody reads them, as now; the file also when the reaper passes.",
        },
        Failure::LogoutRace(false) => &FailureWords {
            title: "Logout during a slow request: compare",
            does: "A slow request reads the session and waits; another tab sends POST /logout; the slow one goes on and writes. The question is asked with the cookie from before.",
            because: "Lost is right here. Before it writes, the store compares with what was read: the record is no longer there, the write is refused, and the logout holds.",
        },
        Failure::LogoutRace(true) => &FailureWords {
            title: "Logout during a slow request: upsert",
            does: "The same, but the stores write without looking. A slow request reads the session and waits; another tab sends POST /logout; the slow one goes on and writes. The question is asked with the cookie from before.",
            because: "Kept is wrong here. The slow request writes the record back that the logout deleted, and the cookie from before is good again. store.set of express-session is an upsert, and it happens in its usual stores.",
        },
        Failure::LostUpdate(false) => &FailureWords {
            title: "Two visits at once: compare",
            does: "Two requests read the same number of visits; each adds 1 and writes.",
            because: "Kept means that both visits count. The second write is refused, because the record is no longer what was read, and its request is done again.",
        },
        Failure::LostUpdate(true) => &FailureWords {
            title: "Two visits at once: upsert",
            does: "The same, but the stores write without looking. Two requests read the same number of visits; each adds 1 and writes.",
            because: "Lost means that one of the two visits is missing; the session lives on. Both write the same number, and the second covers the first. It happens just so with the usual stores of Express.",
        },
    }
}
