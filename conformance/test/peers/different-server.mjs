// A server that is right and answers differently: with members and headers of its own which change from one answer to the
// next, members and lists in another order, white space, and bodies in parts (9.2: a client ignores what it does not know);
// with mail beside that which is asked for, and links of a form of its own where 7.2 gives none. It mails to no address
// with more than 64 bytes before the @, as SMTP has it, and ignores what a public key has beside its members (6.6).
// node different-server.mjs; it listens on the PORT of its environment, with the PROFILE, the folder DATA and the SMTP_URL.
import { join } from 'node:path';
import { createServer, listen, smtpMailer } from '../../../dist/reference/index.js';
import { createSqliteStore } from '../../../dist/reference/sqlite.js';

const { PORT, PROFILE: profile, DATA, SMTP_URL, PUBLIC_URL: publicUrl } = process.env;
const store = createSqliteStore(join(DATA, 'sync.db'));
const send = smtpMailer(SMTP_URL, { from: 'no-reply@example.org' });

const WELCOME = 'Welcome! How it works: https://help.example.org/first-steps?language=en';
const NOTICE = 'We have sent you a mail. It was not you? https://help.example.org/account?about=mail';
/** The form of its links in `deployed`. */
const OWN_LINK = '/verify/email/';
/** Bytes before the @ (RFC 5321, 4.5.3.1.1). */
const LONGEST_LOCAL = 64;
const welcomed = new Set();

/** One mail at a time, with another before or after it. */
let sent = Promise.resolve();
function mailer({ to, subject, text }) {
  const local = to.slice(0, to.lastIndexOf('@'));
  if (Buffer.byteLength(local) > LONGEST_LOCAL) throw new Error(`no mailbox has such a name: ${local}`);
  const own = profile === 'deployed' ? text.replace('/auth/confirm?code=', OWN_LINK) : text;
  const mail = { to, subject, text: `https://example.org/\n\n${own}` };
  const beside = { to, subject: 'Hello', text: welcomed.has(to) ? NOTICE : WELCOME };
  welcomed.add(to);
  for (const one of Math.random() < 0.5 ? [mail, beside] : [beside, mail])
    sent = sent.catch(() => undefined).then(() => send(one));
  return sent;
}

const server = createServer({ profile, publicUrl, mailer, store });

/** The one answer that has no members but its own; the empty object has none (9.4). */
const CLOSED = '/auth/login-s';
const BYTES = 700;

const varying = () => String(Math.random()).slice(2);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members in reverse order, lists in any, and one more member in every object of a list. */
function rewritten(value) {
  if (Array.isArray(value))
    return value
      .map((item) => (isObject(item) ? { ...rewritten(item), syncedAt: varying() } : rewritten(item)))
      .sort(() => Math.random() - 0.5);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, held]) => [name, rewritten(held)]),
  );
}

function bodyOf(text, path, status) {
  const body = rewritten(JSON.parse(text));
  const isOpen = isObject(body) && text !== '{}' && (status >= 400 || path !== CLOSED);
  const whole = isOpen ? { requestId: varying(), ...body, took: { milliseconds: Math.random() * 9 } } : body;
  return JSON.stringify(whole, null, '\t') + '\r\n'.repeat(1 + Math.round(Math.random()));
}

/** In parts, so that its length is not said before. */
function inParts(text) {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += BYTES) controller.enqueue(bytes.subarray(at, at + BYTES));
      controller.close();
    },
  });
}

const KEY = ['alg', 'kty', 'n', 'e', 'key_ops', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** A signup whose public key has no member that a receiver may ignore. */
async function ofKnownMembers(request) {
  const bytes = await request.arrayBuffer();
  let body = bytes;
  try {
    const members = JSON.parse(new TextDecoder().decode(bytes));
    const key = JSON.parse(members.publicKey);
    const isStrange = Object.entries(key).some(
      ([name, held]) => !KEY.includes(name) && !(name === 'ext' && held === true),
    );
    const known = Object.fromEntries(Object.entries(key).filter(([name]) => KEY.includes(name)));
    if (isStrange && isObject(key)) body = JSON.stringify({ ...members, publicKey: JSON.stringify(known) });
  } catch {
    // what is no JSON the server refuses
  }
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  return new Request(request.url, { method: request.method, headers, body });
}

let count = 0;
await listen(async (request, caller) => {
  const { method, url } = request;
  const { pathname, href } = new URL(url);
  const isLink = profile === 'deployed' && pathname.startsWith(OWN_LINK);
  const isSignup =
    method === 'POST' && pathname === '/auth/signup' && !request.headers.has('content-encoding');
  const confirmed = isLink ? new Request(href.replace(OWN_LINK, '/auth/confirm?code='), { method }) : request;
  const asked = isSignup ? await ofKnownMembers(request) : confirmed;
  const response = await server.fetch(asked, caller);
  const { status } = response;
  const headers = new Headers(response.headers);
  headers.set('x-request-id', varying());
  headers.set('x-served-by', `node-${++count % 2}`);
  headers.set('x-ratelimit-remaining', String(1e9 - count));
  headers.append('set-cookie', `balance=${varying()}; Path=/`);
  const text = await response.text();
  if (method === 'HEAD' || (!text.startsWith('{') && !text.startsWith('[')))
    return new Response(text === '' ? null : text, { status, headers });
  headers.delete('content-length');
  headers.set('etag', `"${varying()}"`);
  return new Response(inParts(bodyOf(text, pathname, status)), { status, headers });
}, Number(PORT));

process.once('SIGTERM', () => {
  store.close();
  process.exit(0);
});
