// The menu of the failure lab: what a student reads, what has to come out, and what is then really there.
import type { Language, Store } from './words.ts';

export type Outcome = 'kept' | 'lost' | 'expired' | 'refused' | 'unknown';
export type Step = 'cookie' | 'seal' | 'server' | 'store' | 'engine';
export type Group = 'servers' | 'redis' | 'cookie' | 'record' | 'time' | 'together';

export interface Entry {
  id: string;
  group: Group;
  title: Record<Language, string>;
  /** In the order memory, file, Redis, MongoDB. */
  outcomes: [Outcome, Outcome, Outcome, Outcome];
  /** The lane that it is about. */
  lane: Store;
  /** What decided in this lane. */
  step: Step;
  /** What the trace of this lane names. */
  trace: RegExp;
  /** What was really done, as the page says. */
  deed?: RegExp;
  /** How many living records each store then really holds; `undefined`: it cannot be asked. */
  left: [number, number, number | undefined, number];
  /** Whether the browser then still has its four cookies; none: it depends on the store. */
  cookies?: boolean;
}

const kkkk: Entry['outcomes'] = ['kept', 'kept', 'kept', 'kept'];
const all = (outcome: Outcome): Entry['outcomes'] => [outcome, outcome, outcome, outcome];
const redis = (outcome: Outcome): Entry['outcomes'] => ['kept', 'kept', outcome, 'kept'];
const nil = /redis\.sid=[\w-]{22}.*GET (?:lab:[0-9a-f]{16}:)?sess:[\w-]{22}.*\(nil\)/s;
const ana = /redis\.sid=\S*[\w-]{22}.*GET (?:lab:[0-9a-f]{16}:)?sess:[\w-]{22}.*"user":"ana"/s;
const forgotten = /memory\.sid=[\w-]{22}.*load [\w-]{22}.*undefined/s;
const noCookie = /El navegador no envió esta cookie|The browser did not send this cookie/;
const crash = /kill -9 \d+.*signal 9/s;
const term = /kill -TERM \d+.*exit code 0/s;
const shutdown = /SHUTDOWN.*exit code 0/s;

/** An end of Redis, and a start: it has lost or kept the session. */
function redisEnds(id: string, es: string, en: string, kept: boolean, deed: RegExp): Entry {
  return {
    id,
    group: 'redis',
    title: { es, en },
    outcomes: redis(kept ? 'kept' : 'lost'),
    lane: 'redis',
    step: 'store',
    trace: kept ? ana : nil,
    deed,
    left: [1, 1, kept ? 1 : 0, 1],
  };
}

export const entries: Entry[] = [
  {
    id: 'restart', group: 'servers', title: { es: 'Reiniciar el servidor', en: 'Restart the server' },
    outcomes: ['lost', 'kept', 'kept', 'kept'], lane: 'memory', step: 'store', trace: forgotten, deed: /1 → 2/, left: [0, 1, 1, 1],
  },
  {
    id: 'kill', group: 'servers', title: { es: 'Matar el servidor', en: 'Kill the server' },
    outcomes: ['lost', 'kept', 'kept', 'kept'], lane: 'memory', step: 'store', trace: forgotten, deed: /kill server-a/, left: [0, 1, 1, 1],
  },
  {
    id: 'stop', group: 'servers', title: { es: 'Parar el servidor', en: 'Stop the server' },
    outcomes: all('refused'), lane: 'memory', step: 'server', trace: /memory\.sid=[\w-]{22}.*502/s, deed: /stop server-a/, left: [0, 1, 1, 1], cookies: true,
  },
  {
    id: 'redeploy', group: 'servers', title: { es: 'Desplegar de nuevo', en: 'Deploy again' },
    outcomes: ['lost', 'lost', 'kept', 'kept'], lane: 'memory', step: 'store', trace: forgotten, deed: /rm -r sessions/, left: [0, 0, 1, 1],
  },
  {
    id: 'other-server', group: 'servers', title: { es: 'Responde otro servidor', en: 'Another server answers' },
    outcomes: ['lost', 'lost', 'kept', 'kept'], lane: 'memory', step: 'store', trace: forgotten, deed: /server A → server B/, left: [1, 1, 1, 1],
  },
  {
    id: 'redis-down', group: 'redis', title: { es: 'Redis parado', en: 'Redis is down' },
    outcomes: redis('refused'), lane: 'redis', step: 'engine', trace: /redis\.sid=[\w-]{22}.*503/s, deed: term, left: [1, 1, undefined, 1], cookies: true,
  },
  redisEnds('redis-crash-none', 'Redis muere (SIGKILL), sin persistencia', 'Redis is killed (SIGKILL), no persistence', false, crash),
  redisEnds('redis-crash-rdb', 'Redis muere (SIGKILL), con RDB', 'Redis is killed (SIGKILL), with RDB', false, crash),
  redisEnds('redis-crash-snapshot', 'Redis muere (SIGKILL), con snapshot', 'Redis is killed (SIGKILL), with a snapshot', true, /BGSAVE.*kill -9/s),
  redisEnds('redis-crash-aof', 'Redis muere (SIGKILL), con AOF', 'Redis is killed (SIGKILL), with AOF', true, crash),
  redisEnds('redis-stop-none', 'Redis se detiene (SIGTERM), sin persistencia', 'Redis is stopped (SIGTERM), no persistence', false, term),
  redisEnds('redis-stop-rdb', 'Redis se detiene (SIGTERM), con RDB', 'Redis is stopped (SIGTERM), with RDB', true, term),
  redisEnds('redis-stop-aof', 'Redis se detiene (SIGTERM), con AOF', 'Redis is stopped (SIGTERM), with AOF', true, term),
  redisEnds('redis-shutdown-none', 'SHUTDOWN a Redis, sin persistencia', 'SHUTDOWN of Redis, no persistence', false, shutdown),
  redisEnds('redis-shutdown-rdb', 'SHUTDOWN a Redis, con RDB', 'SHUTDOWN of Redis, with RDB', true, shutdown),
  redisEnds('redis-shutdown-aof', 'SHUTDOWN a Redis, con AOF', 'SHUTDOWN of Redis, with AOF', true, shutdown),
  {
    id: 'redis-pause', group: 'redis', title: { es: 'Redis congelado (SIGSTOP)', en: 'Redis is frozen (SIGSTOP)' },
    outcomes: redis('refused'), lane: 'redis', step: 'engine', trace: /GET \S*sess:.*\(no answer\).*503/s, deed: /kill -STOP \d+/, left: [1, 1, undefined, 1], cookies: true,
  },
  {
    id: 'redis-full', group: 'redis', title: { es: 'Redis lleno: noeviction', en: 'Redis is full: noeviction' },
    outcomes: redis('refused'), lane: 'redis', step: 'engine', trace: /GET \S*sess:.*OOM command not allowed/s, deed: /maxmemory-policy noeviction.*OOM/s, left: [1, 1, 1, 1], cookies: true,
  },
  {
    id: 'redis-evict', group: 'redis', title: { es: 'Redis lleno: allkeys-lru', en: 'Redis is full: allkeys-lru' },
    outcomes: redis('lost'), lane: 'redis', step: 'store', trace: nil, deed: /maxmemory-policy allkeys-lru/, left: [1, 1, 0, 1],
  },
  // The login from before had no signature: it is not accepted any more, and its records stay as orphans.
  {
    id: 'rotate-key', group: 'cookie', title: { es: 'Cambiar la clave de firma', en: 'Replace the signing key' },
    outcomes: all('unknown'), lane: 'memory', step: 'seal', trace: /memory\.sid=\S{44}[\w-]{22}/, deed: /\["segunda-clave"\]/, left: [2, 2, 2, 2],
  },
  {
    id: 'rotate-key-keep-old', group: 'cookie', title: { es: 'Clave nueva delante de la vieja', en: 'New key before the old one' },
    outcomes: kkkk, lane: 'redis', step: 'store', trace: ana, deed: /\["segunda-clave", "primera-clave"\]/, left: [2, 2, 2, 2], cookies: true,
  },
  {
    id: 'delete-cookie', group: 'cookie', title: { es: 'Borrar las cookies', en: 'Delete the cookies' },
    outcomes: all('unknown'), lane: 'memory', step: 'cookie', trace: noCookie, deed: /memory\.sid=; Path=\/; Max-Age=0/, left: [1, 1, 1, 1], cookies: false,
  },
  {
    id: 'delete-file', group: 'record', title: { es: 'Borrar el archivo', en: 'Delete the file' },
    outcomes: ['kept', 'lost', 'kept', 'kept'], lane: 'file', step: 'store', trace: /read [\w-]{22}\.json.*ENOENT/s, deed: /unlink [\w-]{22}\.json.*ok/s, left: [1, 0, 1, 1],
  },
  {
    id: 'corrupt-file', group: 'record', title: { es: 'Estropear el archivo', en: 'Spoil the file' },
    outcomes: ['kept', 'lost', 'kept', 'kept'], lane: 'file', step: 'store', trace: /rename [\w-]{22}\.json [\w-]{22}\.json\.corrupt/, deed: /rename [\w-]{22}\.json\.tmp/, left: [1, 0, 1, 1],
  },
  {
    id: 'delete-key', group: 'record', title: { es: 'Borrar la clave de Redis', en: 'Delete the key in Redis' },
    outcomes: redis('lost'), lane: 'redis', step: 'store', trace: nil, deed: /DEL (?:lab:[0-9a-f]{16}:)?sess:[\w-]{22}.*\(integer\) 1/s, left: [1, 1, 0, 1],
  },
  {
    id: 'delete-document', group: 'record', title: { es: 'Borrar el documento de MongoDB', en: 'Delete the document in MongoDB' },
    outcomes: ['kept', 'kept', 'kept', 'lost'], lane: 'mongo', step: 'store', trace: /find sessions .*no document/s, deed: /delete sessions .*n: 1/s, left: [1, 1, 1, 0],
  },
  {
    id: 'expire', group: 'time', title: { es: 'Caducan la cookie y el registro', en: 'Cookie and record expire' },
    outcomes: all('expired'), lane: 'memory', step: 'cookie', trace: noCookie, left: [0, 0, 0, 0], cookies: false,
  },
  {
    id: 'cookie-first', group: 'time', title: { es: 'Caduca antes la cookie', en: 'The cookie expires first' },
    outcomes: all('expired'), lane: 'memory', step: 'cookie', trace: noCookie, left: [1, 1, 1, 1], cookies: false,
  },
  {
    id: 'record-first', group: 'time', title: { es: 'Caduca antes el registro', en: 'The record expires first' },
    outcomes: all('expired'), lane: 'memory', step: 'store', trace: forgotten, left: [0, 0, 0, 0], cookies: false,
  },
  {
    id: 'logout-race', group: 'together', title: { es: 'Salir durante una petición lenta: comparar', en: 'Logout during a slow request: compare' },
    outcomes: all('lost'), lane: 'memory', step: 'store', trace: forgotten, left: [0, 0, 0, 0], cookies: false,
  },
  {
    id: 'logout-race-upsert', group: 'together', title: { es: 'Salir durante una petición lenta: upsert', en: 'Logout during a slow request: upsert' },
    outcomes: kkkk, lane: 'redis', step: 'store', trace: ana, left: [1, 1, 1, 1],
  },
  {
    id: 'lost-update', group: 'together', title: { es: 'Dos visitas a la vez: comparar', en: 'Two visits at once: compare' },
    outcomes: kkkk, lane: 'redis', step: 'store', trace: /GET \S*sess:.*"visits":2/s, left: [1, 1, 1, 1], cookies: true,
  },
  {
    id: 'lost-update-upsert', group: 'together', title: { es: 'Dos visitas a la vez: upsert', en: 'Two visits at once: upsert' },
    outcomes: all('lost'), lane: 'memory', step: 'store', trace: /load [\w-]{22}.*"visits":1/s, left: [1, 1, 1, 1], cookies: true,
  },
];

export const entry = (id: string): Entry => {
  const found = entries.find((each) => each.id === id);
  if (!found) throw new Error(`no entry ${id}`);
  return found;
};

export const ofGroup = (group: Group): Entry[] => entries.filter((each) => each.group === group);
