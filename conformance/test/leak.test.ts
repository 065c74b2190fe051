/** The search for secrets: every form is found wherever it stands, and nothing else is. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import t from 'tap';
import { createFinder } from '../leak/finder.ts';
import { needlesOf, type Needle } from '../leak/forms.ts';
import { haystacksOf } from '../leak/haystacks.ts';
import type { Exchange } from '../peer/exchange.ts';

const secret = { name: 'a secret', bytes: Buffer.from('pässwörd & “key” \u0007') };
const key = { name: 'a key', bytes: Buffer.from('00ff10fe20fd30fc40fb50fa60f970f8', 'hex') };
const finder = createFinder([secret, key].flatMap(needlesOf));
const found = (text: string | Buffer): string => {
  const needle = finder.find(Buffer.from(text));
  return needle === undefined ? 'nothing' : `${needle.name} ${needle.form}`;
};
const text = secret.bytes.toString('utf8');
const reversed = Buffer.from(key.bytes).reverse();

t.test('every form that a secret could travel in', (test) => {
  for (const [says, sent] of [
    ['a secret as it is', text],
    ['a secret as hex', secret.bytes.toString('hex')],
    ['a key as it is', key.bytes],
    ['a key as upper-case hex', key.bytes.toString('hex').toUpperCase()],
    ['a key as base64', key.bytes.toString('base64')],
    ['a key as base64url', key.bytes.toString('base64url').replace(/=+$/, '')],
    ['a key as a decimal number', BigInt(`0x${key.bytes.toString('hex')}`).toString()],
    ['a key reversed', reversed],
    ['a key reversed, as hex', reversed.toString('hex')],
    ['a key reversed, as base64', reversed.toString('base64')],
    ['a secret percent-encoded', encodeURIComponent(text)],
    ['a secret percent-encoded', encodeURIComponent(text).replace(/%../g, (byte) => byte.toLowerCase())],
    ['a secret as of a form', new URLSearchParams({ text }).toString().slice(5)],
    ['a secret JSON-escaped', JSON.stringify({ text })],
    ['a secret JSON-escaped', '"p\\u00e4ssw\\u00f6rd & \\u201ckey\\u201d \\u0007"'],
    ['a secret JSON-escaped', '"p\\u00E4ssw\\u00F6rd & \\u201Ckey\\u201D \\u0007"'],
  ] as const)
    test.equal(
      found(Buffer.concat([Buffer.from('before '), Buffer.from(sent), Buffer.from(' after')])),
      says,
    );
  test.end();
});

t.test('base64 of a longer text, wherever the secret begins in it', (test) => {
  for (let before = 0; before < 6; before++)
    for (let after = 0; after < 3; after++) {
      const longer = Buffer.concat([Buffer.alloc(before, 0xff), key.bytes, Buffer.alloc(after, 0xff)]);
      test.equal(found(longer.toString('base64')), 'a key as base64', `${before} before, ${after} after`);
      test.match(found(longer.toString('base64url')), /^a key as base64/, `${before} before, ${after} after`);
    }
  test.end();
});

t.test('a secret that is too short to be looked for is found by its hash', (test) => {
  const short = { name: 'a key', bytes: Buffer.from('ƍ') };
  const own = createFinder(needlesOf(short));
  const hash = createHash('sha256').update(short.bytes).digest();
  test.match(own.find(Buffer.from(`x-trace: ${hash.toString('base64')}`)), {
    form: 'hashed with SHA-256, as base64',
  });
  test.match(own.find(Buffer.from(`x-trace: ${hash.toString('hex')}`)), {
    form: 'hashed with SHA-256, as hex',
  });
  test.equal(own.find(short.bytes), undefined, 'by chance it could be anywhere');
  test.same(needlesOf({ ...short, bytes: Buffer.alloc(0) }), [], 'everybody knows the hash of nothing');
  test.same(needlesOf({ ...short, hashIsSecret: false }), []);
  test.end();
});

t.test('twelve hex digits stand in ciphertext by chance, sixteen do not', (test) => {
  for (const [bytes, isFound] of [
    [Buffer.from('pa\u0308ss'), false],
    [Buffer.from('pa\u0308ss12'), true],
  ] as const) {
    const own = createFinder(needlesOf({ name: 'a passphrase', bytes }));
    const forms = [bytes.toString('hex'), Buffer.from(bytes).reverse().toString('hex')];
    for (const hex of forms)
      test.equal(own.find(Buffer.from(`7${hex}7`)) !== undefined, isFound, `${bytes.length} bytes as hex`);
    test.match(
      own.find(Buffer.from(`7${bytes.toString()}7`)),
      { form: 'as it is' },
      'and as it is any is found',
    );
    test.match(own.find(Buffer.from(bytes.toString('base64'))), { form: 'as base64' });
  }
  test.end();
});

t.test('what is one digit away is not found', (test) => {
  const hex = key.bytes.toString('hex');
  test.equal(found(`${hex.slice(0, -1)}9`), 'nothing');
  test.equal(found(hex.slice(1)), 'nothing');
  test.equal(found(text.toUpperCase()), 'nothing');
  test.end();
});

t.test('a hash that may be sent is not looked for', (test) => {
  const forms = needlesOf({ ...key, hashIsSecret: false }).map(({ form }) => form);
  test.ok(needlesOf(key).some(({ form }) => form.startsWith('hashed')));
  test.notOk(forms.some((form) => form.startsWith('hashed')));
  test.throws(
    () => createFinder([{ name: 'tiny', form: 'as it is', bytes: Buffer.from('abc') }]),
    RangeError,
  );
  test.end();
});

t.test('the finder finds what a plain search finds', (test) => {
  const byte = fc.integer({ min: 0, max: 2 });
  const bytes = fc.array(byte, { maxLength: 60 }).map((list) => Buffer.from(list));
  const some = fc.array(fc.array(byte, { minLength: 4, maxLength: 7 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(some, bytes, (lists, haystack) => {
      const needles = lists.map((list, i): Needle => ({
        ...{ name: String(i), form: '', bytes: Buffer.from(list) },
      }));
      const plainly = needles.some((needle) => haystack.includes(needle.bytes));
      return (createFinder(needles).find(haystack) !== undefined) === plainly;
    }),
    { numRuns: 2000 },
  );
  test.end();
});

t.test('every part of a request is searched, what is compressed as well', (test) => {
  const exchange: Exchange = {
    ...{ method: 'POST', target: '/auth/signup?x=1', requestBody: '', status: 200 },
    requestHeaders: { 'x-trace': 'trace', 'content-encoding': 'gzip' },
    requestBytes: gzipSync('a body'),
    ...{ responseHeaders: {}, responseBody: '' },
  };
  const parts = haystacksOf(exchange).map(({ where, bytes }) => [
    where,
    Buffer.from(bytes).toString('latin1'),
  ]);
  test.same(parts.slice(0, 3), [
    ['the request line of POST /auth/signup', 'POST /auth/signup?x=1'],
    ['the header x-trace of POST /auth/signup', 'x-trace: trace'],
    ['the header content-encoding of POST /auth/signup', 'content-encoding: gzip'],
  ]);
  test.same(parts.at(-1), ['the decompressed body of POST /auth/signup', 'a body']);
  const broken = haystacksOf({ ...exchange, requestBytes: Buffer.from('no gzip') });
  test.same(broken.at(-1), { where: 'the body of POST /auth/signup', bytes: Buffer.from('no gzip') });
  test.end();
});
