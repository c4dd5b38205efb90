/**
 * What the reports of the test runner say. `failing <report>` prints the files in which something failed, a line each. `count <report> <second>` prints
 * the tests that failed at first and not in the second run of their file, and then `N passed, N failed`; it exits with 1 where something failed.
 */
import { readFileSync } from 'node:fs';

const [what, first, second] = process.argv.slice(2);

function readReport(path) {
  const text = readFileSync(path, 'utf8');
  return text === '' ? null : JSON.parse(text);
}

const isFailing = ({ status, assertionResults }) =>
  status === 'failed' || assertionResults.some((test) => test.status === 'failed');
const passedTestsOf = (of, name) =>
  of.testResults
    .filter((file) => file.name === name)
    .reduce((sum, file) => sum + file.assertionResults.filter((test) => test.status === 'passed').length, 0);
const nameOf = (file, test) => `${file.name} › ${test.fullName}`;
const failedIn = (report) =>
  report.testResults.flatMap((file) =>
    // A file that could not run, or whose end failed, has no test of its own to fail.
    isFailing(file) && file.assertionResults.every((test) => test.status !== 'failed')
      ? [file.name]
      : file.assertionResults.filter((test) => test.status === 'failed').map((test) => nameOf(file, test)),
  );

const report = readReport(first);
if (what === 'failing') {
  for (const name of new Set(report.testResults.filter(isFailing).map((file) => file.name))) console.log(name);
} else {
  const later = readReport(second);
  const atFirst = failedIn(report);
  // A test that did not run the second time has not come right, nor has anything in a file that could not run.
  const passedLater = new Set(
    (later?.testResults ?? [])
      .filter((file) => file.assertionResults.length > 0)
      .flatMap((file) => [
        ...(isFailing(file) ? [] : [file.name]),
        ...file.assertionResults.filter((test) => test.status === 'passed').map((test) => nameOf(file, test)),
      ]),
  );
  const failedLater = new Set(later === null ? [] : failedIn(later));
  const hasComeRight = (name) => passedLater.has(name) && !failedLater.has(name);
  const right = atFirst.filter(hasComeRight);
  for (const name of right) console.log(`failed once, and not again: ${name}`);
  // New failures of the second run count as well.
  const failed = atFirst.length - right.length + [...failedLater].filter((name) => !atFirst.includes(name)).length;
  // A file that could not run at first has as many tests as it had later.
  const testsIn = (name) =>
    report.testResults.some((file) => file.name === name)
      ? passedTestsOf(later, name) - passedTestsOf(report, name)
      : 1;
  const passed = right.reduce((sum, name) => sum + testsIn(name), report.numPassedTests);
  const skipped = report.numPendingTests + report.numTodoTests;
  console.log(`${passed} passed, ${failed} failed` + (skipped > 0 ? `, ${skipped} skipped` : ''));
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
