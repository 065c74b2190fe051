/** What a process does that judges faults one after the other, as it is told their ids; see `pool.ts`. */

/** What comes back for an id. */
export type Answer<Row> = { readonly row: Row } | { readonly error: string };

/** Answers every id that comes, until nobody asks any more. */
export function answerWith<Row>(judge: (id: string) => Promise<Row>): void {
  const answer = async (id: string): Promise<Answer<Row>> => {
    try {
      return { row: await judge(id) };
    } catch (error) {
      return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  process.on('message', (id: string) => void answer(id).then((answered) => process.send?.(answered)));
  process.on('disconnect', () => process.exit());
}
