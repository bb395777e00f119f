// A process of its own that adds key after key to a key ring and says so on stdout, until killed.
import { changeKeyRing, withNewKey } from '../../src/secrecy/rotation.ts';

const path = process.argv[2] ?? '';
for (;;) {
  const { id } = changeKeyRing(path, undefined, (content) => withNewKey(content, 'field', true));
  process.stdout.write(`${id}\n`);
}
