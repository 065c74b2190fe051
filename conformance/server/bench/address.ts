/** The addresses that the suite signs up at a server: all with one beginning, at one domain (2.6). */
import { NOBODYS_DOMAIN } from '../../inputs.ts';

/** What every one begins with, so that whoever runs a server knows whose it is. */
export const ADDRESS_PREFIX = 'e2ee-sync-';

/** Another address with the same beginning and domain. */
export const addressWith = (email: string, addition: string): string => email.replace('@', `${addition}@`);

/** An address lengthened to so many characters. */
export const addressOfLength = (email: string, length: number): string =>
  addressWith(email, 'a'.repeat(length - email.length));

/** Whether an address, normalised, is one of these. */
export const isOwnAddress = (email: string, domain = NOBODYS_DOMAIN): boolean =>
  email.startsWith(ADDRESS_PREFIX) && email.endsWith(`@${domain.toLowerCase()}`);
