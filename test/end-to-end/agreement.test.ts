// What judges the register agrees about a life with everything in it: untouched, after its secrets went over to another key, and for acts
// of the server at night. Each judge has tests of its own; here they meet.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveCompleteness } from '../../src/procedures/archive-completeness.ts';
import { destroyDataset } from '../../src/procedures/destroy-dataset.ts';
import { exportArchive } from '../../src/procedures/export-archive.ts';
import { reencryptSecrets } from '../../src/procedures/re-encrypt.ts';
import { recordOrigins } from '../../src/procedures/record-origins.ts';
import { runDueJobs } from '../../src/procedures/run-jobs.ts';
import { deepCheck, measureUnsealed } from '../../src/procedures/unsealed.ts';
import { unusualActs } from '../../src/procedures/unusual-acts.ts';
import { CATEGORIES, keysOf } from '../../src/regulation/vocabulary.ts';
import { verifyArchive } from '../../src/sealing/verify/archive.ts';
import { withNewKey } from '../../src/secrecy/rotation.ts';
import { makeArchive, ORDER, sourceOf } from '../support/archives.ts';
import { liveIn } from '../support/house-life.ts';
import { HOUSES, MORE } from '../support/houses.ts';
import { HERE, type TestWorld, testWorld } from '../support/world.ts';
