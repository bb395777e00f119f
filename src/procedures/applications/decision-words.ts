// What a decision of the provincial office is called: a request is consented to, a revocation report is confirmed (art. 15, 16).
import { DECISIONS, type Decision } from '../../regulation/applications/applications.ts';
import { APPLICATION_STATES, type ApplicationKind, type Term } from '../../regulation/vocabulary.ts';

/** The words for a decision on a case of this kind. */
export function decisionWords(kind: ApplicationKind, decision: Decision): Pick<Term, 'zh' | 'en'> {
  if (kind === 'revocation-report' && decision === 'consent') return { zh: '已确认撤销', en: 'revocation confirmed' };
  return APPLICATION_STATES[DECISIONS[decision]];
}
