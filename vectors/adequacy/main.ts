/** Holds every mistake of both profiles against the published vectors, and fails where one is told by none. */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { ProfileName } from '../../spec/index.ts';
import { judge } from './adequacy.ts';
import { report, survived } from './report.ts';

const verdicts = (protocol.profiles as ProfileName[]).flatMap((profile) => judge(profile));
process.stdout.write(`${report(verdicts)}\n`);
process.exitCode = survived(verdicts).length > 0 ? 1 : 0;
