// Fictitious people with papers that pass every check: residents, residents of Hong Kong, Macao and Taiwan, students from abroad.
import { hanName, minorityName, nameFromAbroad } from './names.ts';
import type { Random } from './random.ts';

/** A person as their papers show them. */
export interface Person {
  readonly name: string;
  readonly sex: '1' | '2';
  readonly country: string;
  readonly ethnicity: string | null;
  readonly politicalStatus: string | null;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly identityType: '01' | 'hmt-residence-permit' | 'passport';
  readonly identityNumber: string;
}

const REGIONS = [
  '371502',
  '371521',
  '371522',
  '371525',
  '372501',
  '370102',
  '370202',
  '370602',
  '370702',
  '370883',
  '130402',
  '410926',
  '140105',
  '320106',
  '340104',
  '650102',
  '540102',
  '530102',
];
const ETHNICITIES: readonly (readonly [string, number])[] = [
  ['01', 930],
  ['03', 24],
  ['11', 10],
  ['05', 9],
  ['04', 5],
  ['06', 4],
  ['08', 5],
  ['15', 3],
  ['17', 3],
  ['02', 4],
  ['07', 3],
];
const POLITICAL: readonly (readonly [string, number])[] = [
  ['03', 720],
  ['13', 160],
  ['01', 70],
  ['02', 50],
];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** The check character of seventeen digits (GB 11643 MOD 11-2). */
export function checkCharacter(seventeen: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(seventeen[index]), 0);
  return CHECKS[sum % 11] ?? '';
}

/** Makes people whose numbers never repeat: `serial` is the person's place in the year. */
export function makePerson(
  random: Random,
  serial: number,
  kind: 'resident' | 'hong-kong' | 'macao' | 'taiwan' | 'abroad',
  birthYears: readonly [number, number],
): Person {
  const sex = random.chance(0.42) ? '1' : '2';
  const birthDate = `${random.int(...birthYears)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  if (kind === 'abroad') {
    const { country, name } = nameFromAbroad(random);
    const identityNumber = `${random.pick(['P', 'E', 'G', 'A'])}${10000000 + serial * 7}`;
    return {
      name,
      sex,
      country,
      ethnicity: null,
      politicalStatus: null,
      birthDate,
      identityType: 'passport',
      identityNumber,
    };
  }
  if (kind !== 'resident') {
    const [region, country] = { 'hong-kong': ['810000', '344'], macao: ['820000', '446'], taiwan: ['830000', '158'] }[
      kind
    ] as [string, string];
    const identityNumber = numberOf(region, birthDate, serial, sex);
    return {
      name: hanName(random, sex),
      sex,
      country,
      ethnicity: '01',
      politicalStatus: null,
      birthDate,
      identityType: 'hmt-residence-permit',
      identityNumber,
    };
  }
  const ethnicity = random.weighted(ETHNICITIES);
  const name = ethnicity === '01' ? hanName(random, sex) : minorityName(random, ethnicity, sex);
  // The region and the birth date leave 499 numbers per sex and day; the serial spreads people over them.
  const identityNumber = numberOf(
    REGIONS[serial % REGIONS.length] ?? '371502',
    birthDate,
    Math.floor(serial / REGIONS.length),
    sex,
  );
  return {
    name,
    sex,
    country: '156',
    ethnicity,
    politicalStatus: random.weighted(POLITICAL),
    birthDate,
    identityType: '01',
    identityNumber,
  };
}

function numberOf(region: string, birthDate: string, serial: number, sex: '1' | '2'): string {
  const order = ((serial % 499) + 1) * 2 - (sex === '1' ? 1 : 0);
  const seventeen = `${region}${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  return seventeen + checkCharacter(seventeen);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
