const ports = new Set<number>();

/** Ports this process listens on: its own requests must not come back to it. */
export const ownPorts: ReadonlySet<number> = ports;

/** Notes a port until the returned function is called. */
export function markOwnPort(port: number): () => void {
  ports.add(port);
  return () => void ports.delete(port);
}
