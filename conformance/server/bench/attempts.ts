/** How many attempts of the suite fail on one account: a server limits them (9.8). `SERVER.md` says it to who sets the limit. */
export const ATTEMPTS = 4;
