// Reads the import lines of the source tree, for the tests that keep the architecture.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** One import of one file: both as paths below the root with forward slashes, or a package name in `target`. */
export interface Import {
  readonly file: string;
  readonly target: string;
  readonly kind: 'file' | 'package';
}

/** Every `.ts` file below a folder, generated code left out, as paths relative to the root. */
export function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.includes('/generated/'))
    .sort();
}

/** The static and dynamic imports and re-exports in a text. Comments are removed first; type-only imports count. */
export function importsOf(root: string, file: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found = code.matchAll(/(?:^\s*(?:import|export)\b(?:[^'";]*?\bfrom)?\s*|\bimport\s*\(\s*)['"]([^'"]+)['"]/gm);
  return [...found].map(([, name = '']) => {
    if (!name.startsWith('.')) return { file, target: packageOf(name), kind: 'package' };
    const target = relative(root, resolve(root, dirname(file), name))
      .split(sep)
      .join('/');
    return { file, target, kind: 'file' };
  });
}

/** All imports below a folder. */
export function importsBelow(root: string, folder: string): Import[] {
  return sourceFiles(root, folder).flatMap((file) => importsOf(root, file, readFileSync(join(root, file), 'utf8')));
}

function packageOf(name: string): string {
  if (name.startsWith('node:')) return name;
  const parts = name.split('/');
  return name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? name);
}
