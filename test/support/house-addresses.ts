// The addresses by which what a house keeps can be downloaded.
import type { Pool } from './house-ids.ts';
import { EXTRA_DEPTH } from './three-houses.ts';

const APPLICATIONS = ['ChangeRequest', 'RevocationReport', 'DeletionRequest'];
/** The same address for every institution: what is there is the caller's own. */
export const EDITIONS = ['/editions/bachelor-2024-06@1/template.csv', '/editions/bachelor-2024-06@1/columns.csv'];

/** Addresses that a pool can be downloaded by; the first of each kind of thing, or of all that there are. */
export function addressesOf({ ids, digests, files, code }: Pool, all = EXTRA_DEPTH > 0): string[] {
  const of = (types: readonly string[]) => types.flatMap((type) => ids[type]?.slice(0, all ? undefined : 1) ?? []);
  return [
    ...of(APPLICATIONS).flatMap((id) => [
      `/documents/${id}.pdf`,
      `/documents/${id}.pdf?draft=1`,
      `/documents/${id}/1.pdf`,
      `/applications/${id}.zip`,
      `/bundles/applications/${id}.json`,
    ]),
    ...of(['DegreeRecord']).flatMap((id) => [`/bundles/records/${id}.json`, `/records/${id}/certificate-specimen.pdf`]),
    ...of(['Step']).map((id) => `/bundles/steps/${id}.json`),
    ...of(['Dataset']).flatMap((id) => [`/bundles/datasets/${id}.json`, `/datasets/${id}.csv`]),
    // Every dataset: the destroyed one alone has a paper.
    ...(ids.Dataset ?? []).map((id) => `/documents/datasets/${id}.pdf`),
    ...of(['Batch']).map((id) => `/batches/${id}/second-entry.csv`),
    ...of(['Import']).flatMap((id) => ['refused', 'unmatched'].map((what) => `/imports/${id}/${what}.csv`)),
    ...of(['ArchiveExport']).flatMap((id) => [`/archives/${id}.zip`, `/archives/${id}/for/${ids.Officer?.[0]}.zip`]),
    ...(ids.RecordExport ?? []).flatMap((id) => [`/exports/${id}.csv`, `/exports/${id}.zip`]),
    ...of(['CertificateTemplate']).map((id) => `/certificate-templates/${id}/preview.pdf`),
    ...(ids.Job ?? []).slice(0, all ? undefined : 2).map((id) => `/links/${id}.csv`),
    ...['csv', 'pdf'].map((format) => `/unusual-acts/${code}/2026-06-01/2026-12-31.${format}`),
    ...digests.flatMap((digest) => [`/files/${digest}`, `/files/${code}/${digest}`]),
    ...files.map((file) => `/files/${code}/${file}`),
  ];
}
