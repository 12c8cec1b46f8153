import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Entries and chunks all lie flat in out/main, so that any of them finds the threads as `./worker.js`, `./reader.js` and `./rows.js`. */
const mainEntries = {
  electron: at('src-main/hosts/electron/index.ts'),
  cli: at('src-main/hosts/cli/main.ts'),
  worker: at('src-main/jobs/worker.ts'),
  reader: at('src-main/jobs/reading/thread.ts'),
  rows: at('src-main/jobs/rows/thread.ts'),
};

const existing = Object.fromEntries(Object.entries(mainEntries).filter(([, path]) => existsSync(path)));

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: existing,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload can require nothing but electron: one CommonJS file with everything in it.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react(), tailwindcss()],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      // An inlined asset would need a wider content security policy than 'self'.
      assetsInlineLimit: 0,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
});
