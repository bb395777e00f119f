import { defineConfig } from 'vitest/config';
import { DEPTH } from './test/support/chance.ts';

export default defineConfig({
  // Pothos loads graphql by another path than our sources do; two copies of it refuse each other's objects.
  resolve: { dedupe: ['graphql'] },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/set-up-chance.ts'],
    pool: 'forks',
    // Files share the modules of a worker: to load the server anew for each of them took longer than most of them run. So no module
    // of test/support may remember what one file did; what belongs to a world is kept by the world.
    isolate: false,
    maxWorkers: 2,
    // Ends what hangs, and measures nothing: on a busy machine everything takes its time.
    testTimeout: 300_000 * DEPTH,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    server: { deps: { inline: [/@pothos/, /graphql-yoga/, /@graphql-/, /@envelop/] } },
  },
});
