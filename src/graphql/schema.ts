// The schema: every type file adds itself to the builder when it is loaded.
import { builder } from './builder.ts';
import './scalars.ts';
import './enums.ts';
import './errors.ts';
import './institution.ts';
import './office.ts';
import './officer.ts';
import './seal.ts';
import './step.ts';
import './degree-record.ts';
import './record-history.ts';
import './record-diff.ts';
import './enrolment-record.ts';
import './certificate-template.ts';
import './batch.ts';
import './resolution.ts';
import './roster.ts';
import './import.ts';
import './written-application.ts';
import './application-kinds.ts';
import './revocation-resolution.ts';
import './record-end.ts';
import './resolution-actions.ts';
import './batch-actions.ts';
import './record-actions.ts';
import './upload.ts';
import './application-actions.ts';
import './draft-actions.ts';
import './import-actions.ts';
import './possible-actions.ts';
import './download-links.ts';
import './session.ts';
import './trial.ts';
import './checkpoint.ts';
import './document-check.ts';

/** The executable schema of the API. */
export const schema = builder.toSchema();
