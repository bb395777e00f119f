// Reads the reports of test runs, fails when a test was skipped because its judge was missing, and prints one closing line.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
const skipped = [];
for (const file of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults) {
      if (test.status !== 'passed' && test.status !== 'failed') skipped.push(test.fullName);
    }
  }
}
const forJudges = skipped.filter((name) => name.includes('skipped:'));
for (const name of forJudges) console.error(`a judge was missing: ${name}`);
console.log(`${passed} passed, ${failed + forJudges.length} failed, ${skipped.length - forJudges.length} skipped`);
process.exitCode = failed + forJudges.length > 0 || passed === 0 ? 1 : 0;
