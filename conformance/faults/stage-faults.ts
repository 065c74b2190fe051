/** Clients that do not say at which stage they refused (10.3): each where one kind of answer is refused, and elsewhere they do. */
import { ProtocolError, type Stage } from '../../reference/index.ts';
import type { FlowVerbs } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import type { ClientFault } from './client-parts.ts';

type Failing = Pick<FlowVerbs, 'login' | 'whoami' | 'changePassword' | 'share' | 'pull'>;

/** Where no stage is told. */
interface Untold {
  /** Unique; the last part of the id. */
  readonly id: string;
  /** What is refused, to follow «where it refuses». */
  readonly what: string;
  readonly verb: keyof Failing;
  /** The path that was called last; any where absent. */
  readonly path?: string;
  /** Any where absent. */
  readonly stage?: Stage;
  /** What the message of the error names; anything where absent. */
  readonly names?: string;
}

const untold: readonly Untold[] = [
  { id: 'salts', what: 'the salts of a login', verb: 'login', path: '/auth/login-s', stage: 'schema' },
  { id: 'B', what: 'the B of a login', verb: 'login', path: '/auth/login-a', stage: 'auth' },
  { id: 'M2', what: 'the M2 of a login', verb: 'login', path: '/auth/login-m1', stage: 'schema' },
  {
    id: 'account',
    what: 'the account at the end of a login',
    verb: 'login',
    path: '/auth/whoami',
    stage: 'decrypt',
  },
  { id: 'whoami', what: 'what is no answer of whoami', verb: 'whoami', stage: 'network' },
  { id: 'change', what: 'to change a passphrase', verb: 'changePassword' },
  { id: 'link', what: 'a link', verb: 'share', stage: 'decrypt' },
  { id: 'public-key', what: 'the keys of others', verb: 'share', stage: 'state' },
  { id: 'pull', what: 'what is no answer of a pull', verb: 'pull', stage: 'network' },
  { id: 'content', what: 'the message of a document', verb: 'pull', stage: 'schema', names: 'encContent' },
];

const withoutStage =
  ({ verb, path, stage, names = '' }: Untold): ClientFault['create'] =>
  (base) => {
    let last = '';
    const own = referenceVerbs({
      steps: base,
      fetch: async (request) => {
        last = new URL(request.url).pathname;
        return await fetch(request);
      },
    });
    const isMeant = (error: ProtocolError): boolean =>
      [last, undefined].includes(path) &&
      [error.stage, undefined].includes(stage) &&
      error.message.includes(names);
    const call = own[verb] as unknown as (params: never) => Promise<never>;
    const bare = (params: never): Promise<never> =>
      call(params).catch((error: unknown) => {
        if (error instanceof ProtocolError && isMeant(error)) throw new Error(error.message);
        throw error;
      });
    return { ...own, [verb]: bare };
  };

export const stageFaults: readonly ClientFault[] = untold.map((row) => ({
  id: `stage-untold.${row.id}`,
  title: `does not say at which stage where it refuses ${row.what}`,
  requirement: 'ERROR-05',
  create: withoutStage(row),
}));
