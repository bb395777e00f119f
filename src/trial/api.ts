// A small client of the public API: GraphQL over HTTP, uploads by the multipart convention, plain downloads. Knows no procedure.

/** A file to upload. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** One broken rule as the API tells it. */
export interface ToldViolation {
  readonly code: string;
  readonly path: string;
  readonly article: string;
  readonly message: string;
  readonly found: string | null;
  readonly expected: string | null;
}

/** The answer of an action: `ok` with its value, or the type of the answer instead (Refused, Forbidden, NotFound, Stale, error) with what it says. */
export interface Answer {
  readonly ok: boolean;
  readonly type: string;
  readonly value: Value;
  readonly codes: readonly string[];
  readonly violations: readonly ToldViolation[];
}

/** A JSON object whose parts are asked for by name. */
export type Value = Readonly<Record<string, unknown>>;

/** What comes back from a download. */
export interface Download {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly name: string | null;
}

/** Errors outside the unions: masked mistakes, sessions that are over, limits. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** The client. A token of null asks as a visitor. */
export interface Api {
  query(token: string | null, document: string, variables?: object): Promise<Value>;
  /** Performs the mutation `name` with an input; `select` is what is wanted of its success. */
  act(token: string | null, name: string, input: object, select: string): Promise<Answer>;
  upload(token: string | null, kind: string, institution: string, file: Upload): Promise<Answer>;
  /** Performs a mutation whose input has a file. */
  actOnFile(token: string | null, name: string, input: object, file: Upload, select: string): Promise<Answer>;
  /** A student hands in a file. */
  uploadOwn(token: string, file: Upload): Promise<Answer>;
  /** Fetches a path, or a whole address as links in sheets and mails have them. */
  download(token: string | null, path: string): Promise<Download>;
  /** Sends the form of a page; answers with the page that comes back. */
  submit(path: string, fields: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
}

const NOT_SUCCESS = `... on Refused { violations { ...told } } ... on Forbidden { violations { ...told } }
  ... on NotFound { kind id } ... on Stale { kind id stale: found }`;
const FRAGMENT = 'fragment told on Violation { code path article message found expected }';
const STORED = 'digest mediaType';
/** What leaves no sealed step. */
const UNSEALED = new Set([
  ...['signIn', 'checkImport', 'uploadFile', 'uploadStudentFile', 'advanceTrialClock', 'openLink'],
  ...['drawSample', 'examineRecord', 'issueLinks', 'disclosureLink', 'markReminderRead'],
  ...['revokeDatasetAccess', 'requestPublication', 'traceLeak'],
]);
/** What students say: their sealed step comes as a receipt. */
const SPOKEN = new Set(['confirmRecord', 'disputeFields', 'requestCorrection']);
/** Answers that have only one way besides success. */
const ONLY_REFUSED = new Set(['signIn', 'openLink']);

function documentOf(name: string, select: string): string {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const success = name === 'openLink' ? 'StudentSession' : `${type}Success`;
  const step = UNSEALED.has(name) ? '' : SPOKEN.has(name) ? 'step: receipt { id }' : 'step { id }';
  const other = ONLY_REFUSED.has(name) ? '... on Refused { violations { ...told } }' : NOT_SUCCESS;
  return `mutation Act($input: ${type}Input!) { answer: ${name}(input: $input) {
    __typename ... on ${success} { ${select} ${step} } ${other} } } ${FRAGMENT}`;
}

/** What the API said, by type. */
function answerOf(data: Value): Answer {
  const { __typename: type, ...value } = data.answer as Value & { __typename: string };
  const violations = (value.violations ?? []) as ToldViolation[];
  const ok = type.endsWith('Success') || type === 'StudentSession';
  const codes = ok ? [] : violations.length > 0 ? violations.map(({ code }) => code) : [type];
  return { ok, type, value, codes, violations: ok ? [] : violations };
}

/** Opens a client on an address without trailing slash; `onStep` hears the id of every sealed step that was acknowledged. */
export function openApi(endpoint: string, onStep: (stepId: string) => void = () => {}): Api {
  const headers = (token: string | null): Record<string, string> => ({
    accept: 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  });
  const send = async (token: string | null, body: string | FormData): Promise<Value> => {
    const kind: Record<string, string> =
      typeof body === 'string' ? { 'content-type': 'application/json' } : { 'graphql-require-preflight': '1' };
    const response = await fetch(`${endpoint}/graphql`, {
      method: 'POST',
      headers: { ...headers(token), ...kind },
      body,
    });
    const answer = (await response.json().catch(() => null)) as {
      data?: Value | null;
      errors?: { message: string; extensions?: { code?: string } }[];
    } | null;
    const [error] = answer?.errors ?? [];
    if (error) throw new ApiError(error.extensions?.code ?? 'UNKNOWN', error.message);
    if (!answer?.data) throw new ApiError(`HTTP_${response.status}`, response.statusText);
    return answer.data;
  };
  const acted = async (work: Promise<Value>): Promise<Answer> => {
    try {
      const answer = answerOf(await work);
      const step = answer.value.step as { id: string } | null | undefined;
      if (step) onStep(step.id);
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { ok: false, type: 'error', value: { message: error.message }, codes: [error.code], violations: [] };
    }
  };
  const sendFile: Api['actOnFile'] = (token, name, input, file, select) => {
    const form = new FormData();
    const variables = { input: { ...input, file: null } };
    form.set('operations', JSON.stringify({ query: documentOf(name, select), variables }));
    form.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
    form.set('0', new Blob([Buffer.from(file.bytes)]), file.name);
    return acted(send(token, form));
  };
  return {
    query: (token, document, variables = {}) => send(token, JSON.stringify({ query: document, variables })),
    act: (token, name, input, select) =>
      acted(send(token, JSON.stringify({ query: documentOf(name, select), variables: { input } }))),
    upload: (token, kind, institution, file) => sendFile(token, 'uploadFile', { kind, institution }, file, STORED),
    uploadOwn: (token, file) => sendFile(token, 'uploadStudentFile', {}, file, STORED),
    actOnFile: sendFile,
    async submit(path, fields) {
      const response = await fetch(new URL(path, endpoint), { method: 'POST', body: new URLSearchParams(fields) });
      return { status: response.status, text: await response.text() };
    },
    async download(token, path) {
      const response = await fetch(new URL(path, endpoint), { headers: headers(token) });
      const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, bytes, name: named ? decodeURIComponent(named) : null };
    },
  };
}
