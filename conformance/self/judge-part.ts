/** Judges one part of the reference in this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '../../reference/index.ts';
import { judgeClient, judgeServer, type JudgeOptions } from '../judge.ts';
import { createDisk, type Disk } from '../target/disk.ts';
import { createFileDisk } from '../target/file-disk.ts';
import { PUBLIC_URL, startInProcessServer } from '../target/in-process-server.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import type { CheckResult, Storage } from '../verdict.ts';
import type { Part } from './part.ts';

/** @throws StoreError where its storage cannot be had on this machine */
export async function* judgePart(
  { role, storage = 'memory', measures = false }: Part,
  options: JudgeOptions,
): AsyncGenerator<CheckResult, void, void> {
  if (role === 'client')
    yield* judgeClient(() => createInProcessTarget('the reference client', () => referenceVerbs()), options);
  else {
    const { onIndication, ...others } = options;
    const asked = { ...others, onIndication: measures ? onIndication : undefined };
    for await (const result of judgeReferenceServer(storage, asked)) yield { ...result, storage };
  }
}

async function* judgeReferenceServer(
  storage: Storage,
  options: JudgeOptions,
): AsyncGenerator<CheckResult, void, void> {
  const { profile } = options;
  const { target, close } = await startInProcessServer({
    label: 'the reference server',
    create: (input) => createServer({ profile, publicUrl: PUBLIC_URL, ...input }),
    disk: diskOf(storage),
  });
  try {
    yield* judgeServer(target, options);
  } finally {
    await close();
  }
}

function diskOf(storage: Storage): Disk {
  if (storage === 'memory') return createDisk();
  const folder = mkdtempSync(join(tmpdir(), 'e2ee-sync-self-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return createFileDisk(join(folder, 'server.db'));
}
