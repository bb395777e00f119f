// Before every test file: all properties draw from the one seed, and rows without an order come backwards where that was asked for.
import fc from 'fast-check';
import { ALL_PROPERTIES } from './chance.ts';
import { turnRowsRound } from './rows-backwards.ts';

fc.configureGlobal(ALL_PROPERTIES);
if (process.env.TEST_ROWS === 'backwards') turnRowsRound();
