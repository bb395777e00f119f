// What the README says is true: its files exist, its code map is the tree, its commands are scripts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../src/regulation/policy.ts';

const ROOT = join(import.meta.dirname, '..');
/** Made on the first start, never committed. */
const MADE_LATER = ['certs/root.pem'];
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe.each(['README.md', 'README.zh-CN.md'])('%s', (file) => {
  const readme = text(file);

  it('is readable in five minutes', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(200);
  });

  it('names only files that exist', () => {
    const named = [...readme.matchAll(/`((?:src|prisma|certs|test|bench|docs|examples)\/[^`\s]*)`/g)].map(
      ([, path = '']) => path,
    );
    const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(20);
    expect([...named, ...linked].filter((path) => !MADE_LATER.includes(path) && !existsSync(join(ROOT, path)))).toEqual(
      [],
    );
  });

  it('maps every room of the source tree, and no other', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'generated')
      .map((entry) => `src/${entry.name}/`);
    const mapped = [...readme.matchAll(/^\| `(src\/[^/`]+\/)` \|/gm)].map(([, room = '']) => room);
    expect(mapped.sort()).toEqual(rooms.sort());
  });

  it('names only commands that are there', () => {
    const scripts = Object.keys(JSON.parse(text('package.json')).scripts as Record<string, string>);
    const called = [...readme.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
    expect(called.length).toBeGreaterThan(2);
    expect(called.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});

it.each([
  ['docs/reporting.md', 50],
  ['docs/use.md', 25],
  ['docs/first-year.md', 15],
])('%s names only operations and fields that the API has', (file, least) => {
  const schema = text('schema.graphql');
  const named = [...text(file).matchAll(/`([a-z][a-z]*[A-Z][A-Za-z]*)/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(least);
  expect(named.filter((name) => !new RegExp(`\\b${name}\\b`).test(schema) && !(name in DEFAULT_POLICY))).toEqual([]);
});

it('.env.example names every setting that is read, and no other', () => {
  const settings = /VERMILION_[A-Z_]*[A-Z]|DATABASE_URL|NODE_ENV/g;
  const files = ['src/config.ts', ...readdirSync(join(ROOT, 'src/commands')).map((file) => `src/commands/${file}`)];
  const read = new Set(files.flatMap((file) => text(file).match(settings) ?? []));
  const named = new Set(text('.env.example').match(settings) ?? []);
  expect([...named].sort()).toEqual([...read].sort());
});
