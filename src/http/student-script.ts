// The script of the student's page, as browsers get it: plain JavaScript that speaks to the public GraphQL API. Every text goes in as text, never as markup.

/** Runs in the browser. What it keeps: the session's token, in the tab only. */
export const STUDENT_SCRIPT = String.raw`'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const KEPT = 'student-session';
  let token = sessionStorage.getItem(KEPT) || '';

  const REFUSED = 'violations { message messageEn }';
  const WORDS = '... on Refused { ' + REFUSED + ' } ... on NotFound { message messageEn } ... on Stale { message messageEn }';
  const MY = 'query { myRecords { id kind institutionName number version confirmedAt photoUrl'
    + ' fields { name label labelEn value text secret }'
    + ' disputes { state answer fields { label labelEn proposed reason } }'
    + ' correctionRequests { caseNumber state applicationState answer fields { label labelEn proposed reason } }'
    + ' actions { name allowed violations { code message messageEn } } } }';
  const mutation = (name, type, success) =>
    'mutation ($input: ' + type + '!) { ' + name + '(input: $input) { __typename ' + success + ' } }';
  const OPEN = mutation('openLink', 'OpenLinkInput', '... on StudentSession { token } ... on Refused { ' + REFUSED + ' }');
  const SIGN_IN = mutation('studentSignIn', 'StudentSignInInput', '... on StudentSession { token } ... on Refused { ' + REFUSED + ' }');
  const CONFIRM = mutation('confirmRecord', 'ConfirmRecordInput', '... on ConfirmRecordSuccess { version } ' + WORDS);
  const DISPUTE = mutation('disputeFields', 'DisputeFieldsInput', '... on DisputeFieldsSuccess { dispute } ' + WORDS);
  const REQUEST = mutation('requestCorrection', 'RequestCorrectionInput', '... on RequestCorrectionSuccess { caseNumber } ' + WORDS);
  const REVEAL = mutation('revealOwnField', 'RevealOwnFieldInput', '... on RevealOwnFieldSuccess { value } ' + WORDS);
  const PASSWORD = mutation('setStudentPassword', 'SetStudentPasswordInput', '... on SetStudentPasswordSuccess { number } ' + WORDS);
  const UPLOAD = mutation('uploadStudentFile', 'UploadStudentFileInput', '... on UploadStudentFileSuccess { digest } ' + WORDS);

  const DISPUTE_STATES = { OPEN: '待处理 open', ACCEPTED: '已采纳 accepted', DECLINED: '未采纳 declined' };
  const REQUEST_STATES = {
    OPEN: '待答复 open', DECLINED: '不予更正 declined', CORRECTED: '已更正 corrected',
    CHANGE_REQUEST: '已提出更改申请 change request made',
  };

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    for (const child of children) node.append(child);
    return node;
  }
  const english = (text) => make('span', { class: 'en', lang: 'en' }, ' ' + text);

  function say(text, good) {
    const place = byId('message');
    place.textContent = text;
    place.className = good ? 'good' : '';
    place.hidden = text === '';
    if (text !== '') place.scrollIntoView({ block: 'nearest' });
  }

  async function post(body, headers) {
    const sent = token === '' ? headers : { ...headers, authorization: 'Bearer ' + token };
    const response = await fetch('/graphql', { method: 'POST', body, headers: sent });
    const answer = await response.json();
    const error = (answer.errors || [])[0];
    if (error) {
      const code = error.extensions && error.extensions.code;
      if (code === 'UNAUTHENTICATED' || code === 'SESSION_EXPIRED') leave();
      throw new Error(error.message);
    }
    return answer.data;
  }
  const query = (text, variables) =>
    post(JSON.stringify({ query: text, variables }), { 'content-type': 'application/json' });

  /* One mutation; what is refused becomes an error with every sentence. */
  async function act(text, input) {
    return answered(await query(text, { input }));
  }
  function answered(data) {
    const [result] = Object.values(data);
    const told = result.violations || (result.message ? [result] : null);
    if (told) throw new Error(told.map((one) => one.message + '\n' + one.messageEn).join('\n'));
    return result;
  }
  async function upload(file) {
    const form = new FormData();
    form.append('operations', JSON.stringify({ query: UPLOAD, variables: { input: { file: null } } }));
    form.append('map', JSON.stringify({ 0: ['variables.input.file'] }));
    form.append('0', file, file.name);
    return answered(await post(form, { 'graphql-require-preflight': '1' })).digest;
  }

  function keep(given) {
    token = given;
    if (given === '') sessionStorage.removeItem(KEPT);
    else sessionStorage.setItem(KEPT, given);
  }
  function leave() {
    keep('');
    byId('records').hidden = true;
    byId('records').replaceChildren();
    byId('own').hidden = true;
    byId('arrival').hidden = true;
    byId('door').hidden = false;
  }

  /* Runs one thing at a time, shows what went wrong, and never leaves a button dead. */
  async function run(button, work) {
    if (button) button.disabled = true;
    say('');
    try {
      await work();
    } catch (error) {
      say(error.message || String(error));
    } finally {
      if (button) button.disabled = false;
    }
  }

  async function show() {
    const { myRecords } = await query(MY);
    byId('door').hidden = true;
    byId('own').hidden = false;
    const place = byId('records');
    place.hidden = false;
    place.replaceChildren(...myRecords.map(section));
  }

  function fieldRow(record, field) {
    const value = make('span', {}, field.value === null ? '（空）' : field.value);
    const row = make('div', {}, make('dt', {}, field.label, english(field.labelEn)), make('dd', {}, value));
    if (field.text !== null && field.text !== field.value) row.lastChild.append(' ' + field.text);
    if (field.secret && field.value !== null) {
      const button = make('button', { type: 'button' }, '显示 Show');
      button.addEventListener('click', () => run(button, async () => {
        const shown = await act(REVEAL, { record: record.id, field: field.name });
        value.textContent = shown.value || '（空）';
        button.remove();
      }));
      row.lastChild.append(' ', button);
    }
    return row;
  }

  function disputeRow(row, field) {
    const tick = make('input', { type: 'checkbox' });
    const proposed = make('input', { maxlength: '300' });
    const reason = make('textarea', { maxlength: '500', rows: '2' });
    const box = make('div', { class: 'wrong' },
      make('label', {}, '应为（留空表示仅指出有误）', english('should be; empty: it is wrong'), proposed),
      make('label', {}, '理由', english('reason'), reason));
    box.hidden = true;
    tick.addEventListener('change', () => { box.hidden = !tick.checked; });
    row.append(make('label', { class: 'tick' }, tick, '有误', english('wrong')), box);
    return () => tick.checked
      ? [{ field: field.name, proposed: proposed.value.trim() === '' ? null : proposed.value, reason: reason.value }]
      : [];
  }

  function answers(title, rows) {
    if (rows.length === 0) return [];
    return [make('h2', {}, title), ...rows.map(([state, fields, answer]) => make('p', {},
      state + '：' + fields.map((one) => one.label + (one.proposed ? ' → ' + one.proposed : '')).join('；'),
      make('br'), answer ? '答复 answer：' + answer : ''))];
  }

  function section(record) {
    const can = Object.fromEntries(record.actions.map((action) => [action.name, action.allowed]));
    const list = make('dl');
    const speaks = can.DISPUTE || can.REQUEST_CORRECTION;
    const said = [];
    for (const field of record.fields.filter((one) => one.name !== 'photoDigest')) {
      const row = fieldRow(record, field);
      if (speaks) said.push(disputeRow(row, field));
      list.append(row);
    }
    const title = record.kind === 'DEGREE_RECORD' ? '学位授予信息 Degree record' : '学籍学历信息 Enrolment record';
    const parts = [make('h2', {}, record.institutionName + ' · ' + title), list];
    if (record.photoUrl) parts.splice(1, 0, make('img', { src: new URL(record.photoUrl).pathname + new URL(record.photoUrl).search, alt: '电子照片 photo' }));
    if (record.confirmedAt) parts.push(make('p', {}, '您已确认当前版本。', english('You have confirmed this version.')));
    parts.push(...answers('我提出的疑义 My disputes', record.disputes.map((one) => [DISPUTE_STATES[one.state], one.fields, one.answer])));
    parts.push(...answers('我的更正请求 My correction requests', record.correctionRequests.map((one) =>
      [one.caseNumber + ' ' + REQUEST_STATES[one.state], one.fields, one.answer])));
    if (can.CONFIRM) {
      const button = make('button', { type: 'button', class: 'main' }, '以上信息无误，我确认 ', make('span', { lang: 'en' }, 'All is right, I confirm'));
      button.addEventListener('click', () => run(button, async () => {
        await act(CONFIRM, { record: record.id, expectedVersion: record.version });
        await show();
        say('确认已登记并签章。\nYour confirmation has been sealed.', true);
      }));
      parts.push(make('p', {}, button));
    }
    if (speaks) parts.push(speakForm(record, can, said));
    return make('article', {}, ...parts);
  }

  function speakForm(record, can, said) {
    const files = make('input', { type: 'file', multiple: '', accept: '.pdf,.jpg,.jpeg,.png' });
    const button = make('button', { type: 'button' }, can.DISPUTE
      ? '提交疑义 Dispute the ticked fields' : '请求更正 Ask for a correction');
    button.addEventListener('click', () => run(button, async () => {
      const fields = said.flatMap((read) => read());
      if (fields.length === 0) throw new Error('请先勾选有误的字段。\nTick the fields that are wrong first.');
      const evidence = [];
      for (const file of files.files) evidence.push(await upload(file));
      const input = { record: record.id, expectedVersion: record.version, fields, evidence };
      const done = await act(can.DISPUTE ? DISPUTE : REQUEST, input);
      await show();
      say(done.caseNumber ? '已受理，编号 ' + done.caseNumber + '。\nYour case number is ' + done.caseNumber + '.'
        : '疑义已提交。\nYour dispute has been handed in.', true);
    }));
    return make('div', {},
      make('label', {}, '证明材料（PDF、JPEG、PNG，每份不超过 5 MB）', english('evidence'), files), button);
  }

  byId('sign-in').addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    const input = Object.fromEntries(['institution', 'number', 'password'].map((name) => [name, form.elements[name].value]));
    run(form.querySelector('button'), async () => {
      keep((await act(SIGN_IN, input)).token);
      form.reset();
      await show();
    });
  });
  byId('password').addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    run(form.querySelector('button'), async () => {
      const done = await act(PASSWORD, { password: form.elements.password.value });
      form.reset();
      say('密码已设置，登录名为 ' + done.number + '。\nThe password is set; sign in with ' + done.number + '.', true);
    });
  });
  byId('sign-out').addEventListener('click', () => run(byId('sign-out'), async () => {
    await query('mutation { studentSignOut { ended } }');
    leave();
  }));

  function arrive() {
    const given = location.hash.slice(1);
    /* Gone from the address bar and the history before anything else happens. */
    if (location.hash !== '') history.replaceState(null, '', location.pathname);
    if (given === '') return run(null, () => token === '' ? leave() : show());
    keep('');
    leave();
    /* Opened by a person's hand: programs that look at links in mails run scripts, too, and would use it up. */
    byId('door').hidden = true;
    byId('arrival').hidden = false;
    byId('open').onclick = () => run(byId('open'), async () => {
      byId('arrival').hidden = true;
      try {
        keep((await act(OPEN, { token: given })).token);
      } catch (error) {
        leave();
        throw error;
      }
      await show();
    });
  }
  /* A second link opened in the same tab only changes the fragment. */
  addEventListener('hashchange', () => { if (location.hash !== '') arrive(); });
  arrive();
})();
`;
