// Chapter 7: articles 20 to 23, safety and responsibility.
import type { Entry } from './requirement.ts';

export const CHAPTER_7: readonly Entry[] = [
  {
    ...{ id: 'R20.1', article: '20' },
    zh: '涉密论文未经脱密不得进入系统；选了涉密类型又填论文字段的不收。',
    en: 'A classified thesis does not enter before it is declassified; thesis fields under a classified type are refused.',
    code: ['src/regulation/record-thesis.ts'],
    tests: {
      'test/regulation/record.test.ts': [
        'keeps a classified thesis of a master out until it is declassified',
        'refuses thesis fields under type %s',
      ],
    },
    codes: ['classified-thesis'],
  },
  {
    ...{ id: 'R21.1', article: '21' },
    zh: '证件号码、手机、邮箱加密存放，平时遮盖显示；确需查看须写理由，逐次签章留痕，不进日志与签章原文。',
    en: 'Identity numbers, phones and e-mails are encrypted at rest and shown masked; whoever needs one gives a reason, every time by a sealed step, and none is ever in a log or a statement.',
    code: ['src/secrecy', 'src/procedures/reveal.ts', 'src/graphql/masks.ts'],
    tests: {
      'test/procedures/collecting.test.ts': [
        'no identity number is anywhere in the database in plain text, the uploaded file included',
      ],
      'test/procedures/proofs.test.ts': ['Article 21: revealing a secret value'],
      'test/secrecy/field-cipher.test.ts': ['R21.1 a sealed field', 'R21.1 the blind index'],
      'test/graphql/schema.test.ts': ['no field gives a secret in plain but the sealed reveal'],
    },
    counters: ['reveals'],
  },
  {
    ...{ id: 'R21.2', article: '21' },
    zh: '账号限次锁定，会话到期失效；坏文件、坏请求得到明确答复而不损及数据，导出文件加密限时只给本人。',
    en: 'Accounts lock, sessions end; bad files and bad requests get a plain answer and harm nothing, and an exported file is sealed, for a while, for who made it.',
    code: ['src/http', 'src/files', 'src/procedures/attempts.ts', 'src/procedures/open-export.ts'],
    tests: {
      'test/http/hardening.test.ts': ['Limits before execution answer 400 or 413 with a code', 'Sessions'],
      'test/end-to-end/bad-files.test.ts': ['A file that is not what its kind asks for is refused at the door'],
      'test/procedures/export-records.test.ts': [
        'the file is for who made it, while it is kept, and only if it is the file that was sealed',
      ],
      'test/end-to-end/isolation-downloads.test.ts': ['Article 21: downloads'],
    },
    codes: ['file-unsafe', 'export-expired', 'too-many-attempts', 'password-refused'],
  },
  {
    ...{ id: 'R21.3', article: '21' },
    zh: '密钥可更换：由单位管理员的系统管理岗下令，逐条重新加密、中断可续，期间照常使用，旧钥用尽才可弃用。',
    en: 'Keys are changed: by order of who administers the degree office every secret field is encrypted anew, resumed where it broke off, while work goes on; a key is dropped only when nothing is under it.',
    code: ['src/procedures/re-encrypt.ts', 'src/procedures/reseal.ts', 'src/secrecy/key-ring.ts'],
    tests: {
      'test/procedures/re-encrypt.test.ts': [
        'Article 21: a register with everything in it',
        'Article 21: re-encryption in the middle of work',
      ],
      'test/commands/rotate-key.test.ts': ['rotate-key', 'drop-key'],
      'test/procedures/check-key-ring.test.ts': ['Article 21: the key ring at a start'],
    },
    steps: ['re-encrypt'],
  },
  {
    ...{ id: 'R22.1', article: '22' },
    zh: '每一项信息都查得到是谁录入、校核、上报、批准的，历史各版并存。',
    en: 'Every datum leads to who entered, cross-checked, reported and approved it, in every version that there was.',
    code: ['src/graphql/record-history.ts', 'src/procedures/record-diff.ts', 'src/store/step-history.ts'],
    tests: {
      'test/graphql/applications.test.ts': [
        'the record tells its versions, what changed between them, and what it said on a day',
      ],
      'test/graphql/ownership.test.ts': [
        'the new owner sees the steps that the former one sealed about the records, and their proof',
      ],
      'test/procedures/year.test.ts': [
        'every category goes from its files to the filing, and every record proves its way',
      ],
    },
  },
  {
    ...{ id: 'R22.2', article: '22' },
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
    code: ['src/regulation/duties.ts', 'src/procedures/unsealed.ts', 'src/sealing/verify'],
    tests: {
      'test/regulation/duties.test.ts': ['Article 23: an auditor sees everything and changes nothing'],
      'test/procedures/unsealed.test.ts': ['Article 12: what was changed around the procedures is counted and named'],
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
];
