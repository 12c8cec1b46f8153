import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

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
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // A test file run under a zone ahead of UTC finds dates that were cut out of UTC strings.
    env: { TZ: 'Asia/Kolkata' },
  },
});
