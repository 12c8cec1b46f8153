import type { Duplex } from 'node:stream';

const mostConnections = 256;

export interface Connections {
  /** Lets a socket in. When the house is full, the one that waited longest has to go; see `hold`. */
  admit(socket: Duplex): void;
  /** The socket answers a signed-in window until the returned function is called: nobody else takes its place. */
  hold(socket: Duplex): () => void;
}

/**
 * One limit for both addresses. Sockets that say nothing, or say it slowly, cost their owner nothing; so they must
 * not be able to keep a window out, however many they are.
 */
export function createConnections(): Connections {
  const waiting = new Set<Duplex>();
  const held = new Set<Duplex>();
  return {
    admit: (socket) => {
      if (waiting.size + held.size >= mostConnections) {
        const [longest = socket] = waiting;
        waiting.delete(longest);
        longest.destroy();
        if (longest === socket) return;
      }
      waiting.add(socket);
      socket.once('close', () => {
        waiting.delete(socket);
        held.delete(socket);
      });
    },
    hold: (socket) => {
      waiting.delete(socket);
      held.add(socket);
      return () => {
        // From now on it has waited the shortest.
        if (held.delete(socket)) waiting.add(socket);
      };
    },
  };
}
