/** Why a use of a verb could not be tried, or did not do what it says. */

/** It builds on something that does not work, or is not there. */
export class Untried extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Untried';
  }
}

/** It was answered with a result, and the result is not true. */
export class Untrue extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Untrue';
  }
}

/** @throws Untrue unless it holds */
export function expectTrue(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Untrue(message);
}
