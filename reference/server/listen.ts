/** Puts a server on a port of this machine. */
import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';

/** A server that listens. */
export interface Listening {
  /** The base URL. */
  readonly url: string;
  /** The port, also where any free one was asked for. */
  readonly port: number;
  /** Stops accepting and ends every connection. */
  close(): Promise<void>;
}

/** Milliseconds that an idle connection stays open: a client that derives keys in between is not cut off. */
const KEEP_ALIVE = 65_000;

/**
 * Serves on a port.
 *
 * @param port - 0 for any free one. Listens on the loopback interface only, unless told otherwise.
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port = 0,
  hostname = '127.0.0.1',
): Promise<Listening> {
  return await new Promise((done, fail) => {
    const serverOptions = { keepAliveTimeout: KEEP_ALIVE };
    const host = serve({ fetch, port, hostname, serverOptions }, (address: AddressInfo) => {
      done({ url: `http://${hostname}:${String(address.port)}`, port: address.port, close });
    });
    host.once('error', fail);
    const close = async (): Promise<void> => {
      await new Promise<void>((closed) => {
        host.close(() => {
          closed();
        });
        if ('closeAllConnections' in host) host.closeAllConnections();
      });
    };
  });
}
