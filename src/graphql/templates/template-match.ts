// Which certificate template a record has, or why it has none (R11.7).
import { templateFor } from '../../procedures/templates/match-template.ts';
import { readTemplateTimes } from '../../store/templates/certificate-templates.ts';
import { builder } from '../builder.ts';
import type { GraphqlContext } from '../context.ts';
import { ViolationRef } from '../errors.ts';
import { loaded } from '../loaded.ts';
import { reader } from '../reads.ts';
import { DegreeRecordRef } from '../records/degree-record.ts';
import { CertificateTemplateRef } from './certificate-template.ts';

type Match = { readonly institution: string } & ReturnType<typeof templateFor<{ id: string } & Fields>>;
type Fields = Parameters<typeof templateFor>[1][number];

const CertificateTemplateMatchRef = builder.objectRef<Match>('CertificateTemplateMatch').implement({
  description: 'The certificate template of a record, or why there is none (article 11).',
  fields: (t) => ({
    template: t.field({
      type: CertificateTemplateRef,
      nullable: true,
      resolve: (match, _args, context, info) =>
        'template' in match
          ? loaded(context, info, 'certificateTemplate', 'CertificateTemplate', keyOfMatch(match))
          : null,
    }),
    violations: t.field({
      type: [ViolationRef],
      description: 'None for level and category, none in force on the conferral date, or two at once.',
      complexity: { field: 1, multiplier: 1 },
      resolve: (match) => ('template' in match ? [] : [match]),
    }),
  }),
});

function keyOfMatch({ institution, template }: Match & { template: { id: string } }) {
  return { institution, id: template.id };
}

const CHOOSING = {
  institution: true,
  level: true,
  category: true,
  conferralDate: true,
  certificateTemplateId: true,
  crossCheckedById: true,
} as const;

builder.prismaObjectField(DegreeRecordRef, 'certificateTemplateMatch', (t) =>
  t.field({
    type: CertificateTemplateMatchRef,
    description:
      'What it was matched to at its cross-check, which no later template changes; before that, what it would be matched to now.',
    // Each asks the database for the institution's templates.
    complexity: { field: 30, multiplier: 2 },
    select: CHOOSING,
    resolve: async (row, _args, context: GraphqlContext): Promise<Match> => {
      const { institution } = row;
      const templates = await readTemplateTimes(reader(context), institution);
      // Level and category were words of the vocabulary when the record was collected.
      return { institution, ...templateFor(row as Parameters<typeof templateFor>[0], templates) };
    },
  }),
);
