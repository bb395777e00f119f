// `npm run bench [-- name …] [--rows n …]`: figures, each beside the limit that was measured in the same run.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.ts';
import { readOptions } from './options.ts';
import { runAlone, SECTIONS, type SectionName } from './section.ts';
import { againUnderPostgres, describeServer, givenServer } from './server.ts';
import { show } from './table.ts';

const { names, sizes } = readOptions(process.argv.slice(2));
const all = Object.keys(SECTIONS) as SectionName[];
const unknown = names.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  console.error(`bench: no section ${unknown.join(', ')}; there are ${all.join(', ')}`);
  process.exit(64);
}

const given = givenServer();
const status = given === null ? againUnderPostgres() : null;
if (status === null) await bench(given);
else process.exitCode = status;

async function bench(server: string | null): Promise<void> {
  console.log(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  const [load = 0] = loadavg();
  // Work of others on the same processors makes every figure smaller, its own limit too.
  if (load > 1) console.log(`busy machine: load ${load.toFixed(1)} before the start; absolute figures are too small`);
  console.log(await describeServer(server));
  const place = await mkdtemp(join(tmpdir(), 'vermilion-bench-'));
  try {
    const built = await build(place);
    for (const name of all.filter((one) => names.length === 0 || names.includes(one))) {
      console.log(`\n${name}`);
      await runAlone(name, { sizes, server, place }, built).then(
        (figures) => {
          if (figures.length === 0) console.log('  not measured: needs PostgreSQL');
          for (const figure of figures) console.log(`  ${show(figure)}`);
        },
        (error: Error) => {
          console.error(error.message);
          process.exitCode = 1;
        },
      );
    }
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
