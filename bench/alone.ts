// The child process of one section: measures, sends its figures to the parent, ends.
import { SECTIONS, type SectionName, type Setting } from './section.ts';

const [name, setting] = process.argv.slice(2) as [SectionName, string];
const measure: (setting: Setting) => Promise<unknown> = await SECTIONS[name]();
process.send?.(await measure(JSON.parse(setting) as Setting));
process.disconnect();
