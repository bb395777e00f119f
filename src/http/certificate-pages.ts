// Pages of certificates to look at: samples of templates, specimens for records. Made anew each time; the same until something changes.

import { templateScope } from '../procedures/offices/house-access.ts';
import { recordScope } from '../procedures/read-access.ts';
import {
  type CertificatePage,
  sampleCertificate,
  specimenCertificate,
} from '../procedures/templates/certificate-pages.ts';
import { SAMPLE_NAMES } from '../regulation/templates/certificate-samples.ts';
import { isKeyOf } from '../regulation/vocabulary.ts';
import { fileReply } from './file-reply.ts';
import { keyIn, type Place } from './place.ts';
import type { Reply } from './reply.ts';
import type { Asked } from './request.ts';

function pdfReply(asked: Asked, page: CertificatePage): Reply {
  return fileReply(asked, { ...page, mediaType: 'application/pdf' });
}

/** The addresses; `?sample=long-name` shows the template with a name that tries it. */
export const CERTIFICATE_PLACES: readonly Place[] = [
  {
    pattern: /^\/certificate-templates\/([\w-]{1,200})\/preview\.pdf$/,
    async answer(world, asked, holder, [id = '']) {
      const key = keyIn(id, 'CertificateTemplate');
      const scope = holder === 'link' ? {} : templateScope(holder);
      const where = { AND: [scope, { institution: key.institution, id: key.id }] };
      const seen = await world.db.prisma.certificateTemplate.findFirst({ where, select: { id: true } });
      const sample = asked.query.get('sample') ?? 'ordinary';
      if (!seen || !isKeyOf(SAMPLE_NAMES, sample)) return null;
      return pdfReply(asked, await sampleCertificate(world, key, sample));
    },
  },
  {
    pattern: /^\/records\/([\w-]{1,200})\/certificate-specimen\.pdf$/,
    async answer(world, asked, holder, [id = '']) {
      const key = keyIn(id, 'DegreeRecord');
      const scope = holder === 'link' ? {} : recordScope(holder);
      const where = { AND: [scope, { institution: key.institution, id: key.id }] };
      const seen = await world.db.prisma.degreeRecord.findFirst({ where, select: { id: true } });
      return seen && pdfReply(asked, await specimenCertificate(world, key));
    },
  },
];
