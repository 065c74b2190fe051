/** The four exchanges of the chapters, step by step: signup and login (7.1, 7.3), change (7.6), share (8.2). */
import type { SpecData } from './data.ts';
import { sequenceDiagram, type Sequence } from './sequence-diagram.ts';

const salts = ['SLT_Auth_1', 'SLT_Auth_2', 'SLT_Enc'];

const sequencesByName: Readonly<Record<string, Sequence>> = {
  signup: {
    parties: ['Client', 'Server', 'Mailbox'],
    steps: [
      { at: 'Client', does: 'draws', values: [...salts, 'SYM_Account', 'PUB_Account', 'PRV_Account'] },
      { at: 'Client', does: 'derives', values: ['SEC_PWD_Auth', 'SEC_PWD_Enc', 'SRP_Verifier'] },
      { at: 'Client', does: 'encrypts', values: ['encSymmetricKey', 'encPrivateKey'] },
      { request: 'signup-request' },
      { at: 'Server', does: 'checks and stores the account' },
      { answer: 'account' },
      { mail: 'confirmation link (7.2)' },
    ],
  },
  login: {
    parties: ['Client', 'Server'],
    steps: [
      { request: 'login-s-request' },
      { answer: 'login-s-response' },
      { at: 'Client', does: 'derives', values: ['SEC_PWD_Auth', 'srp.x'] },
      { at: 'Client', does: 'draws a, computes', values: ['srp.A'] },
      { request: 'login-a-request' },
      { at: 'Server', does: 'checks A, draws b, computes', values: ['srp.B'] },
      { answer: 'login-a-response' },
      { at: 'Client', does: 'checks B, computes', values: ['srp.u', 'srp.S', 'srp.K', 'srp.M1'] },
      { request: 'login-m1-request' },
      { at: 'Server', does: 'computes', values: ['srp.u', 'srp.S_server', 'srp.K', 'srp.M1'] },
      { at: 'Server', does: 'compares M1' },
      {
        policy: 'login-before-confirmation',
        when: { refused: [{ at: 'Server', does: 'refuses an address that is not confirmed' }] },
      },
      { at: 'Server', does: 'starts the session, computes', values: ['srp.M2'] },
      { answer: 'login-m1-response' },
      { at: 'Client', does: 'computes and compares', values: ['srp.M2'] },
      { ask: 'whoami-response', method: 'GET', session: true },
      { answer: 'whoami-response' },
      { at: 'Client', does: 'derives', values: ['SEC_PWD_Enc'] },
      { at: 'Client', does: 'opens', values: ['encSymmetricKey', 'encPrivateKey'] },
      { at: 'Client', does: 'checks that publicKey belongs to the private key' },
    ],
  },
  change: {
    parties: ['Client', 'Server'],
    steps: [
      { ask: 'whoami-response', method: 'GET', session: true },
      { answer: 'whoami-response' },
      { request: 'login-s-request' },
      { answer: 'login-s-response' },
      { at: 'Client', does: 'derives {} from the old passphrase', values: ['SEC_PWD_Enc', 'SRP_Verifier'] },
      { at: 'Client', does: 'opens', values: ['encSymmetricKey'] },
      {
        policy: 'salts-on-change',
        when: {
          fresh: [{ at: 'Client', does: 'draws new', values: salts }],
          kept: [{ at: 'Client', does: 'keeps', values: salts }],
        },
      },
      {
        at: 'Client',
        does: 'derives {} from the new passphrase and address',
        values: ['SEC_PWD_Enc', 'SRP_Verifier'],
      },
      { at: 'Client', does: 'makes {} anew from the same SYM_Account', values: ['encSymmetricKey'] },
      { request: 'change-password-request', session: true },
      { at: 'Server', does: 'compares verifier or code, then encSymmetricKey' },
      { at: 'Server', does: 'replaces all at once, ends the other sessions' },
      { answer: 'empty' },
    ],
  },
  share: {
    parties: ['Jane', 'Server', 'Bob'],
    steps: [
      { request: 'share-a-request', session: true },
      { answer: 'share-a-response' },
      { at: 'Jane', does: 'checks accounts and public keys, opens her own', values: ['SYM_Link'] },
      {
        at: 'Jane',
        does: 'makes {} of the same SYM_ResourceGroup for each public key',
        values: ['SYM_Link'],
      },
      { request: 'share-b-request', session: true },
      { at: 'Server', does: 'stores the links' },
      { answer: 'empty' },
      { request: 'pull-request', session: true, by: 'Bob' },
      { answer: 'pull-response', by: 'Bob' },
      { ask: 'resource-group', method: 'GET', session: true, by: 'Bob' },
      { answer: 'resource-group', by: 'Bob' },
      { at: 'Bob', does: 'opens', values: ['SYM_Link', 'encContent'] },
    ],
  },
};

/** `sequence signup` and its like: name → diagram. */
export function sequences(data: SpecData): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(sequencesByName).map(([name, sequence]) => [name, sequenceDiagram(data, sequence)]),
  );
}
