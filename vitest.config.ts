import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Threads and processes that tests start read TypeScript, whose types Node strips by WebAssembly, in each of them anew.
// Kept, it is done once a file. What is shipped is built and strips nothing.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '.cache', 'test-code');

export default defineConfig({
  plugins: [react()],
  test: {
    include: [
      'src-main/**/*.test.ts',
      'src-preload/**/*.test.ts',
      'src-renderer/**/*.test.{ts,tsx}',
      'bench/**/*.test.ts',
      'scripts/**/*.test.mjs',
    ],
    setupFiles: ['src-main/testing/property-seed.ts'],
    // Processes, not threads: tests set the time zone and start worker threads of their own.
    pool: 'forks',
    maxWorkers: 2,
    // V8 13.6 now and then crashes where several threads strip types, as it replaces wrappers of functions that WebAssembly
    // calls (Runtime_TierUpWasmToJSWrapper, seen in a core dump): it is not to replace any.
    execArgv: ['--wasm-wrapper-tiering-budget=2000000000'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // A test file run under a zone ahead of UTC finds dates that were cut out of UTC strings.
    env: { TZ: 'Asia/Kolkata' },
  },
});
