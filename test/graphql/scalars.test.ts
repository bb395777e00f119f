// What the scalars take: every day there is, and no other.

import type { GraphQLScalarType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';

const parse = (scalar: 'Date' | 'DateTime', value: unknown) =>
  (schema.getType(scalar) as GraphQLScalarType).parseValue(value);

describe('a moment', () => {
  test.each([
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['2026-07-01T08:30Z', '2026-07-01T08:30:00.000Z'],
    ['2026-07-01T23:59:59.999Z', '2026-07-01T23:59:59.999Z'],
    ['2026-07-01T08:30:00+08:00', '2026-07-01T00:30:00.000Z'],
    ['2026-07-01T08:30:00+14:00', '2026-06-30T18:30:00.000Z'],
    ['2026-07-01T08:30:00-12:00', '2026-07-01T20:30:00.000Z'],
  ])('%s is one', (value, at) => {
    expect((parse('DateTime', value) as Date).toISOString()).toBe(at);
  });

  test.each([
    ...['2028-02-30T00:00:00Z', '2026-02-29T00:00:00Z', '2026-04-31T00:00:00Z', '2026-13-01T00:00:00Z'],
    ...['2026-00-01T00:00:00Z', '2026-01-00T00:00:00Z', '2026-07-01T24:00:00Z', '2026-07-01T08:60:00Z'],
    ...['2026-07-01T08:30:60Z', '2026-07-01T08:30:00+14:01', '2026-07-01T08:30:00+15:00'],
    ...['2026-07-01T08:30:00-23:59', '2026-07-01T08:30:00+08:60', '2026-07-01T08:30:00', '2026-07-01', 20260701, null],
  ])('%s is none', (value) => {
    expect(() => parse('DateTime', value)).toThrow('时间');
  });
});

test.each(['2028-02-30', '2026-02-29', '2026-13-01', '2026-7-1', '2026-07-01T00:00:00Z'])('%s is no day', (value) => {
  expect(() => parse('Date', value)).toThrow('日期');
});
