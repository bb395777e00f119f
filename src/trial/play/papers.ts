// Bringing the year's papers home: sealed documents, whole cases, bundles of records, the status list, the root certificate, all by plain download.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordOf } from './records.ts';
import { DEGREE_OFFICE } from './resolutions.ts';
import { INSTITUTION, type Story, StoryBroken } from './story.ts';
import type { PlayedApplication } from './written-case.ts';

/** Fetches files that nobody seals – exports and pages to look at – under their names; returns the files written. */
export async function bringUnsealed(
  story: Story,
  out: string,
  files: readonly { readonly name: string; readonly url: string }[],
): Promise<string[]> {
  await mkdir(out, { recursive: true });
  const written: string[] = [];
  for (const { name, url } of files) {
    const { pathname, search } = new URL(url);
    const { status, bytes } = await story.api.download(null, `${pathname}${search}`);
    if (status !== 200) throw new StoryBroken(`${name}: ${status}`);
    const file = join(out, name.replaceAll(/[/\\]/g, '-'));
    await writeFile(file, bytes);
    written.push(file);
  }
  return written;
}

/** Downloads into a directory; returns the files written. */
export async function bringHome(
  story: Story,
  out: string,
  applications: readonly PlayedApplication[],
  certificateNumbers: readonly string[],
): Promise<string[]> {
  await mkdir(out, { recursive: true });
  const token = await story.token(DEGREE_OFFICE);
  const files: string[] = [];
  const fetchFile = async (path: string, fallback: string, mayBeAbsent = false): Promise<void> => {
    const { status, bytes, name } = await story.api.download(token, path);
    if (status === 404 && mayBeAbsent) return;
    if (status !== 200) throw new StoryBroken(`GET ${path}: ${status}`);
    const file = join(out, (name ?? fallback).replaceAll(/[/\\]/g, '-'));
    await writeFile(file, bytes);
    files.push(file);
  };
  await fetchFile('/trust/root.pem', 'root.pem');
  await fetchFile('/trust/crl.pem', 'crl.pem', true);
  for (const { application } of applications) {
    await fetchFile(`/documents/${application}.pdf`, 'supplementary-report.pdf');
    await fetchFile(`/bundles/applications/${application}.json`, 'application.json');
    await fetchFile(`/applications/${application}.zip`, 'application.zip');
  }
  await fetchFile(`/institutions/${INSTITUTION}/status-list.json`, 'status-list.json');
  for (const number of certificateNumbers) {
    const record = await recordOf(story, DEGREE_OFFICE, number);
    if (!record) throw new StoryBroken(`record ${number} is not there`);
    const { status, bytes } = await story.api.download(token, `/bundles/records/${record.id}.json`);
    if (status !== 200) throw new StoryBroken(`GET bundle of ${number}: ${status}`);
    const file = join(out, `record-${number}.json`);
    await writeFile(file, bytes);
    files.push(file);
  }
  return files;
}
