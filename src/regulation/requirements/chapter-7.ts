// Chapter 7: articles 20 to 23, safety and responsibility.
import type { Entry } from './requirement.ts';

export const CHAPTER_7: readonly Entry[] = [
  {
    ...{ id: 'R20.1', article: '20' },
    zh: '涉密论文未经解密（脱密）不得进入系统：录入、更正、更改、上报、审核、备案各道口都查；只有信息脱密的，除涉密标记外论文字段一律为空。',
    en: 'A classified thesis does not enter before it is declassified: collecting, correcting, changing, reporting, review and filing all look; where only its information was processed, nothing of it enters but its mark.',
    code: [
      'src/regulation/declassification.ts',
      'src/regulation/record/record-thesis.ts',
      'src/procedures/secrecy/secrecy-rules.ts',
    ],
    tests: {
      'test/regulation/declassification.test.ts': ['Article 20: a record of a classified thesis'],
      'test/regulation/record/record.test.ts': ['refuses thesis fields under type %s'],
      'test/procedures/secrecy/declassify.test.ts': [
        'Article 20: masters, from the file',
        'Article 20: corrected into, reported, filed',
      ],
      'test/graphql/compliance.test.ts': [
        'Article 20: a record of a classified thesis is counted while no declassification of it holds',
      ],
    },
    codes: [
      'classified-thesis',
      'classified-thesis-unmarked',
      'declassified-thesis-marked',
      'declassification-not-yet',
      'declassification-withdrawn',
    ],
    counters: ['undeclassified'],
  },
  {
    ...{ id: 'R20.2', article: '20' },
    zh: '解密（脱密）须凭批准文件登记并签章，可以撤回；签章原文里没有是谁的论文，也没有论文的内容。',
    en: 'A declassification is recorded on its document and sealed, and may be withdrawn; the statement says neither whose thesis it is nor anything of it.',
    code: ['src/procedures/secrecy/declassify.ts', 'src/regulation/declassification.ts'],
    tests: {
      'test/regulation/declassification.test.ts': ['Article 20: what is recorded of a declassification'],
      'test/procedures/secrecy/declassify.test.ts': ['Article 20: recording it'],
    },
    steps: ['declassify'],
    codes: [
      'declassification-stands',
      'declassification-before-approval',
      'declassification-already-withdrawn',
      'declassification-withdrawal-day',
    ],
  },
  {
    ...{ id: 'R21.1', article: '21' },
    zh: '证件号码、手机、邮箱加密存放，平时遮盖显示；确需查看须写理由，逐次签章留痕，不进日志与签章原文。',
    en: 'Identity numbers, phones and e-mails are encrypted at rest and shown masked; whoever needs one gives a reason, every time by a sealed step, and none is ever in a log or a statement.',
    code: ['src/secrecy', 'src/procedures/secrecy/reveal.ts', 'src/graphql/masks.ts'],
    tests: {
      'test/procedures/collection/collecting.test.ts': [
        'no identity number is anywhere in the database in plain text, the uploaded file included',
      ],
      'test/procedures/proofs.test.ts': ['Article 21: revealing a secret value'],
      'test/secrecy/field-cipher.test.ts': ['R21.1 a sealed field', 'R21.1 the blind index'],
      'test/graphql/schema.test.ts': ['no field gives a secret in plain but the sealed reveal'],
      'test/end-to-end/canaries.test.ts': [
        'nothing secret is in what the server wrote out',
        'nothing planted is anywhere in the database in plain; of what was typed only what officers wrote down, where it belongs',
      ],
    },
    steps: ['reveal'],
    codes: ['reveal-not-secret', 'reveal-reason-missing', 'reveal-reason-too-short'],
    counters: ['reveals'],
  },
  {
    ...{ id: 'R21.2', article: '21' },
    zh: '账号限次锁定，会话到期失效；坏文件、坏请求得到明确答复而不损及数据，导出文件加密限时只给本人。',
    en: 'Accounts lock, sessions end; bad files and bad requests get a plain answer and harm nothing, and an exported file is sealed, for a while, for who made it.',
    code: ['src/http', 'src/files', 'src/procedures/student/attempts.ts', 'src/procedures/exports/open-export.ts'],
    tests: {
      'test/http/hardening.test.ts': ['Limits before execution answer 400 or 413 with a code', 'Sessions'],
      'test/end-to-end/bad-files.test.ts': ['A file that is not what its kind asks for is refused at the door'],
      'test/procedures/exports/export-records.test.ts': [
        'the file is for who made it, while it is kept, and only if it is the file that was sealed',
      ],
      'test/end-to-end/isolation-downloads.test.ts': ['Article 21: downloads'],
    },
    codes: ['file-unsafe', 'export-expired', 'archive-passphrase', 'too-many-attempts', 'password-refused'],
  },
  {
    ...{ id: 'R21.3', article: '21' },
    zh: '密钥可更换：由单位管理员的系统管理岗下令，逐条重新加密、中断可续，期间照常使用，旧钥用尽才可弃用。',
    en: 'Keys are changed: by order of who administers the degree office every secret field is encrypted anew, resumed where it broke off, while work goes on; a key is dropped only when nothing is under it.',
    code: ['src/procedures/secrecy/re-encrypt.ts', 'src/procedures/secrecy/reseal.ts', 'src/secrecy/key-ring.ts'],
    tests: {
      'test/procedures/secrecy/re-encrypt-everything.test.ts': ['Article 21: a register with everything in it'],
      'test/procedures/secrecy/re-encrypt.test.ts': ['Article 21: re-encryption in the middle of work'],
      'test/commands/rotate-key.test.ts': ['rotate-key', 'drop-key'],
      'test/procedures/secrecy/check-key-ring.test.ts': ['Article 21: the key ring at a start'],
    },
    steps: ['re-encrypt'],
    codes: ['re-encryption-under-way', 'nothing-to-re-encrypt', 'key-ring-lacks-key'],
  },
  {
    ...{ id: 'R21.4', article: '21' },
    zh: '一名工作人员每小时查看敏感信息有上限，同时多次、多台服务器也绕不过；谁看过什么，本人、单位管理员和监督岗位可查。',
    en: 'One officer reveals no more secret values in an hour than the policy lets them, neither by calls at once nor by two servers; who looked at what is shown to the officer, the degree office and the auditor.',
    code: ['src/regulation/reveal.ts', 'src/procedures/secrecy/reveal-limit.ts', 'src/store/secrecy/reveals.ts'],
    tests: {
      'test/graphql/reveals.test.ts': [
        'Article 21: so many looks in an hour',
        'Article 21: who looked at what is shown',
      ],
    },
    steps: ['reveal'],
    codes: ['identity-number-in-text', 'identity-number-in-own-words', 'reveals-too-many'],
  },
  {
    ...{ id: 'R22.1', article: '22' },
    zh: '每一项信息都查得到是谁录入、校核、上报、批准的，历史各版并存。',
    en: 'Every datum leads to who entered, cross-checked, reported and approved it, in every version that there was.',
    code: [
      'src/procedures/responsibility/record-origins.ts',
      'src/regulation/responsibility/origins.ts',
      'src/graphql/records/record-history.ts',
      'src/procedures/records/record-diff.ts',
      'src/store/seals/step-history.ts',
    ],
    tests: {
      'test/procedures/responsibility/origins.test.ts': [
        'Article 22: the origin of every field',
        'Article 22: what was written past the procedures',
      ],
      'test/graphql/applications.test.ts': [
        'the record tells its versions, what changed between them, and what it said on a day',
      ],
      'test/graphql/ownership.test.ts': [
        'the new owner sees the steps that the former one sealed about the records, and their proof',
      ],
      'test/procedures/responsibility/year.test.ts': [
        'every category goes from its files to the filing, and every record proves its way',
      ],
    },
  },
  {
    ...{ id: 'R22.2', article: '22' },
    zh: '经办人员作出的不采纳、撤回、退回申请、销毁、更正名单、宣布无效等，都须写清缘由，字数下限统一。',
    en: 'Whoever declines, withdraws, refuses, destroys, corrects a roster or declares a certificate invalid says why, and one least length holds for all of it.',
    code: ['src/regulation/texts/written-texts.ts'],
    tests: {
      'test/regulation/reasons.test.ts': ['Article 22: the reason of %s', 'Article 22: a reason that is owed'],
      'test/procedures/datasets/dataset.test.ts': [
        'comes earlier when an officer says why, once, and nothing brings the dataset back',
      ],
    },
  },
  {
    ...{ id: 'R22.3', article: '22' },
    zh: '因管理不严、保障不力致人权益受损的，由责任部门和责任人依法担责。',
    en: 'Offices and people answer under the law for harm that comes of careless management.',
    byPeople: {
      zh: '定责追责由有权机关作出；软件提供可供他人核验的原始记录。',
      en: 'Who is liable is decided by those who may; the software gives them original records that anybody can verify.',
    },
  },
  {
    ...{ id: 'R23.1', article: '23' },
    zh: '监督岗位看得到本单位的一切，什么也改不了；绕过程序的改动、伪造的文件和记录都能查出。',
    en: 'An auditor sees everything of the institution and can change nothing; what was changed around the procedures, or forged, is found.',
    code: ['src/regulation/duties.ts', 'src/procedures/responsibility/unsealed.ts', 'src/sealing/verify'],
    tests: {
      'test/end-to-end/auditor.test.ts': ['Article 23: $as changes nothing', 'Article 23: $as reads everything'],
      'test/regulation/duties.test.ts': ['Article 23: an auditor sees everything and changes nothing'],
      'test/procedures/responsibility/unsealed.test.ts': [
        'Article 12: what was changed around the procedures is counted and named',
      ],
      'test/end-to-end/altered-files.test.ts': ['Article 12: a sealed PDF with one byte changed'],
    },
    counters: ['unsealed'],
  },
  {
    ...{ id: 'R23.2', article: '23' },
    zh: '违规操作、弄虚作假的，查实后追究；涉嫌违法的配合有关部门处理。',
    en: 'Whoever breaks the rules or falsifies is called to account, and the institution helps the authorities where a law was broken.',
    byPeople: {
      zh: '查处由单位和有关机关进行；软件不判定动机，只留证据。',
      en: 'Inquiry is the work of the institution and the authorities; the software judges no intent and keeps the evidence.',
    },
  },
  {
    ...{ id: 'R23.3', article: '23' },
    zh: '反常操作（非工作时间、过快校核、总由同一人校核、大量查看、账号被试探等）自动列给监督岗位，只列事实，不下结论。',
    en: 'Unusual acts, such as at night, too fast, always checked by the same hand, too many reveals, or an account that is guessed at, are listed for the auditor by themselves, as facts and not as judgements.',
    code: [
      'src/regulation/responsibility/unusual-acts.ts',
      'src/procedures/responsibility/unusual-acts.ts',
      'src/store/responsibility/unusual-acts.ts',
    ],
    tests: {
      'test/procedures/responsibility/unusual-acts.test.ts': [
        'Article 11(2), 23: checking',
        'Article 22, 23: people and papers',
        'Article 23: who is told',
      ],
    },
  },
];
