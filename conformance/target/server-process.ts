/** A server under test in a process of its own, which the suite starts, ends and starts again (`conformance/SERVER.md`). */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProfileName } from '../../reference/index.ts';
import { shorten, TargetGone } from '../check.ts';
import { redact } from '../redact.ts';
import { closeGroup, killGroup, startGroup, type Child, type Start } from './group.ts';
import { killMarked, newMark } from './hidden.ts';
import { causeOf, secondsIn, whyNoAnswer } from './no-answer.ts';

/** What the command finds in its environment; `SERVER.md` has it as a table. */
export const SERVER_ENVIRONMENT = {
  PORT: 'the port of 127.0.0.1 to listen on, the same after a restart',
  PUBLIC_URL: 'the URL under which the suite calls; links in mails start with it',
  PROFILE: '`documented` or `deployed`',
  DATA: 'a folder to keep state in: empty at the first start, kept over restarts, removed at the end',
  CLOCK_AHEAD:
    'how many seconds the clock of the server is to be ahead: 0 at first, and with `--clock` more after some restarts, never less',
  SMTP_URL:
    'the mail server of the suite, as `smtp://127.0.0.1:2525`; not set where mail is read by a command, or not at all',
} as const;

export interface ServerProcessOptions {
  /** Run by `sh -c`. */
  readonly command: string;
  readonly profile: ProfileName;
  /** Where it can send mail. */
  readonly smtpUrl?: string | undefined;
  /** Milliseconds in which it must answer after a start. */
  readonly timeout: number;
}

/** A server that was started. */
export interface ServerProcess {
  readonly url: string;
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Ends it and starts it again with `CLOCK_AHEAD` greater by so many seconds. */
  advance(seconds: number): Promise<void>;
  /** How its process ended, with its last words and what was expected; undefined while it runs. */
  whyGone(): string | undefined;
  /** Ends it, and removes what it kept. */
  close(): Promise<void>;
}

/** Milliseconds that a process may take to end after SIGTERM, and between two looks at whether it answers. */
const FAREWELL = 5000;
const PAUSE = 50;
/** How much of stderr is kept for a report, in characters. */
const STDERR_KEPT = 2000;

/** Starts a server and waits until it answers. @throws TargetGone where it does not */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { command, profile, smtpUrl, timeout } = options;
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const folder = mkdtempSync(join(tmpdir(), 'e2ee-sync-server-'));
  let ahead = 0;
  const own = (): Readonly<Record<keyof typeof SERVER_ENVIRONMENT, string | undefined>> => ({
    ...{ PORT: String(port), PUBLIC_URL: url, PROFILE: profile, DATA: folder, SMTP_URL: smtpUrl },
    CLOCK_AHEAD: String(ahead),
  });
  const mark = newMark();
  const start = (): Run => run(command, { environment: { ...process.env, ...own() }, mark });
  let running = start();
  const close = async (): Promise<void> => {
    await running.end('SIGTERM');
    killMarked(mark); // a restart leaves them: a database may run on in a session of its own
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(url, running, timeout);
  } catch (error) {
    await close();
    throw error;
  }
  const restart: ServerProcess['restart'] = async (signal) => {
    await running.end(signal);
    running = start();
    await ready(url, running, timeout);
  };
  return {
    url,
    whyGone: () => running.whyGone(),
    restart,
    async advance(seconds) {
      ahead += seconds;
      await restart('SIGTERM');
    },
    close,
  };
}

/** One life of the process. */
interface Run {
  whyGone(): string | undefined;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

function run(command: string, given: Start): Run {
  const child: Child = startGroup('sh', ['-c', command], given);
  let stderr = '';
  let how: string | undefined;
  child.stdin.on('error', () => undefined);
  child.stdin.end();
  child.stdout.resume();
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)));
  const closed = new Promise<void>((done) => {
    child.once('error', (error) => {
      how = `could not be started: ${error.message}`;
      done();
    });
    child.once('exit', (code, signal) => {
      how = signal === null ? `ended with status ${String(code)}` : `was ended by ${signal}`;
    });
    child.once('close', () => {
      done();
    });
  });
  return {
    whyGone() {
      if (how === undefined) return undefined;
      const words = redact(stderr.trim(), []);
      return `its process ${how}${words === '' ? '' : `; its stderr ends: ${shorten(words, 400)}`}${STAY}`;
    },
    // What it started holds its pipes, so that `close` comes when all of that has ended.
    async end(signal) {
      killGroup(child, signal);
      const timer = setTimeout(killGroup, FAREWELL, child);
      await Promise.race([closed, sleep(2 * FAREWELL, undefined, { ref: false })]);
      clearTimeout(timer);
      closeGroup(child);
    },
  };
}

/** Waits for any answer to a GET. @throws TargetGone where none comes in time, or the process ends */
async function ready(url: string, { whyGone }: Run, timeout: number): Promise<void> {
  const end = performance.now() + timeout;
  let last = '';
  while (performance.now() < end) {
    const gone = whyGone();
    if (gone !== undefined) throw new TargetGone(`the server did not start: ${gone}`);
    try {
      const signal = AbortSignal.timeout(Math.max(1, Math.ceil(end - performance.now())));
      const response = await fetch(url, { redirect: 'manual', signal });
      await response.body?.cancel();
      return;
    } catch (error) {
      const { code, message } = causeOf(error);
      last = code === 'ECONNREFUSED' ? `${message}${LISTEN}` : whyNoAnswer({ error, timeout });
    }
    await sleep(PAUSE);
  }
  throw new TargetGone(`the server did not answer GET ${url} within ${secondsIn(timeout)}: ${last}`);
}

/** What a command that starts a server has to do, where it does not. */
const STAY = '; expected it to stay in the foreground, and to run until it is ended';
const LISTEN = '; expected it to listen at 127.0.0.1 on the port that PORT names';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  return await new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        done(port);
      });
    });
  });
}
