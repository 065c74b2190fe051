/** A value that nothing explains: the search for why it is wrong holds nobody up, and is made once in a run. */
import t from 'tap';
import { createOracle } from '../oracle.ts';

/** How often other work had its turn meanwhile. */
async function turnsWhile(run: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await run();
  isOver = true;
  return turns;
}

void t.test('nothing explains a value', async (test) => {
  const oracle = createOracle('documented');
  const ask = (salt: string) => async () => {
    const inputs = { email: 'jane@example.com', SLT_Auth_1: salt.repeat(32) };
    test.equal(await oracle.inputs(inputs).explain({ SLT_TMP_1: '00'.repeat(32) }), undefined);
  };
  const first = await turnsWhile(ask('9e'));
  test.ok(first > 20, `the search pauses: ${String(first)} turns`);
  const second = await turnsWhile(ask('4d'));
  test.ok(second < first / 2, `pairs of mistakes are not tried again: ${String(second)} turns`);
});
