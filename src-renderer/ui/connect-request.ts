import { create } from 'zustand';

interface ConnectRequest {
  /** The vendor to connect, `pick` to choose some first; null while nobody asked. */
  readonly wanted: string | null;
  request(wanted: string): void;
  close(): void;
}

/** Where the first run, the gallery and the palette ask for the sheet that connects a vendor. */
export const useConnectRequest = create<ConnectRequest>()((set) => ({
  wanted: null,
  request: (wanted) => set({ wanted }),
  close: () => set({ wanted: null }),
}));
