import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Pothos loads graphql by another path than our sources do; two copies of it refuse each other's objects.
  resolve: { dedupe: ['graphql'] },
  test: {
    environment: 'node',
    include: ['tmp-measure.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    server: { deps: { inline: [/@pothos/, /graphql-yoga/, /@graphql-/, /@envelop/] } },
  },
});
