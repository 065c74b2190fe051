/** Where a request comes from, as the limits tell callers apart (9.8). */

/** What the host of a server knows of a request besides the request. */
export interface Caller {
  /** The address of the socket, IPv4 or IPv6; where it is unknown, nothing is counted by it. */
  readonly networkAddress?: string | undefined;
}

/**
 * What counts as one caller: an IPv4 address, or the first 64 bits of an IPv6 address, of which one machine has all.
 * Undefined for this machine itself: whoever comes from there is a test, or everybody, by way of a proxy.
 */
export function networkOf({ networkAddress = '' }: Caller): string | undefined {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(networkAddress)?.[1];
  if (v4 !== undefined) return v4.startsWith('127.') ? undefined : v4;
  if (networkAddress === '' || networkAddress === '::1') return undefined;
  const [head = [], tail = []] = networkAddress.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
