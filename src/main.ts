// The command line: one word, one file in commands/.
import { ConfigProblem } from './config.ts';
import { mistakeLine } from './http/mistakes.ts';

const COMMANDS: Record<string, { says: string; load: () => Promise<(args: string[]) => Promise<number>> }> = {
  serve: { says: 'start the server', load: async () => (await import('./commands/serve.ts')).serve },
  migrate: {
    says: 'bring the database to this version',
    load: async () => (await import('./commands/migrate.ts')).migrateDatabase,
  },
  'set-up': {
    says: 'add institutions, offices and officers from a JSON file',
    load: async () => (await import('./commands/set-up.ts')).setUpFromFile,
  },
  'set-password': {
    says: 'give an officer a new password, unlock the account and end its sessions',
    load: async () => (await import('./commands/set-password.ts')).setPassword,
  },
  'retire-officer': {
    says: 'retire an officer: no more signing in',
    load: async () => (await import('./commands/retire-officer.ts')).retire,
  },
  'new-key-ring': {
    says: 'make the key ring that encrypts personal data',
    load: async () => (await import('./commands/new-key-ring.ts')).newKeyRing,
  },
  'rotate-key': {
    says: 'add a key to the key ring, or make one current: --prepare, --make-current <id>, --index, --list',
    load: async () => (await import('./commands/rotate-key.ts')).rotateKey,
  },
  'drop-key': {
    says: 'remove a key that nothing is sealed with any more from the key ring: <id> [--index]',
    load: async () => (await import('./commands/drop-key.ts')).dropKey,
  },
  verify: {
    says: 'check a bundle or a sealed PDF',
    load: async () => (await import('./commands/verify.ts')).verifyFile,
  },
  schema: {
    says: 'print the GraphQL API to schema.graphql',
    load: async () => (await import('./commands/schema.ts')).printSchema,
  },
  compliance: {
    says: 'print the table of requirements to docs/compliance.md',
    load: async () => (await import('./commands/compliance.ts')).printCompliance,
  },
  demo: {
    says: 'drive a fresh server through one synthetic year',
    load: async () => (await import('./commands/demo.ts')).runDemo,
  },
};

async function main(): Promise<number> {
  const [name = 'serve', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    console.error(`没有命令 ${name}。There is no command ${name}. Commands:`);
    for (const [word, { says }] of Object.entries(COMMANDS)) console.error(`  ${word.padEnd(14)} ${says}`);
    return 2;
  }
  const run = await command.load();
  return run(args);
}

/** Problems of a start carry their own sentences; anything else is a mistake of ours and shows where it happened, never what a driver quotes. */
function explain(error: unknown): string {
  if (error instanceof ConfigProblem) return error.problems.map((problem) => `- ${problem}`).join('\n');
  if (error instanceof Error && ('zh' in error || error.name.endsWith('Problem') || error.name.endsWith('Refused'))) {
    const told = error as Error & { zh?: string; en?: string };
    return told.zh && told.en ? `${told.zh}\n${told.en}` : error.message;
  }
  return mistakeLine(error, { code: 'INTERNAL' });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(explain(error));
    process.exitCode = 1;
  },
);
