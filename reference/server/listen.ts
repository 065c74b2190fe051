/** Puts a server on a port of this machine. */
import { serve } from '@hono/node-server';
import type { AddressInfo, Socket } from 'node:net';
import type { Caller } from './network.ts';

/** A server that listens. */
export interface Listening {
  /** The base URL. */
  readonly url: string;
  /** The port, also where any free one was asked for. */
  readonly port: number;
  /**
   * Stops accepting, answers the requests that are under way, and ends every connection.
   *
   * @param patience - milliseconds after which a connection is ended although its request is not answered; 0 by default
   */
  close(patience?: number): Promise<void>;
}

/** Milliseconds that an idle connection stays open: a client that derives keys in between is not cut off. */
const KEEP_ALIVE = 65_000;

/**
 * Serves on a port, and says of every request which network address its socket has; a header says nothing of that. The
 * socket itself is handed on as well.
 *
 * @param port - 0 for any free one. Listens on the loopback interface only, unless told otherwise.
 */
export async function listen(
  fetch: (request: Request, caller: Caller, socket: Socket) => Response | Promise<Response>,
  port = 0,
  hostname = '127.0.0.1',
): Promise<Listening> {
  return await new Promise((done, fail) => {
    let closing = false;
    const answer: Parameters<typeof serve>[0]['fetch'] = async (request, { incoming }) => {
      const { socket } = incoming;
      const response = await fetch(request, { networkAddress: socket.remoteAddress }, socket);
      if (closing) response.headers.set('connection', 'close');
      return response;
    };
    const serverOptions = { keepAliveTimeout: KEEP_ALIVE };
    const host = serve({ fetch: answer, port, hostname, serverOptions }, (address: AddressInfo) => {
      done({ url: `http://${hostname}:${String(address.port)}`, port: address.port, close });
    });
    host.once('error', fail);
    const close = async (patience = 0): Promise<void> => {
      closing = true;
      await new Promise<void>((closed) => {
        const limit = setTimeout(() => {
          if ('closeAllConnections' in host) host.closeAllConnections();
        }, patience);
        host.close(() => {
          clearTimeout(limit);
          closed();
        });
      });
    };
  });
}
