/** Where a refusal is shown in a form. */
import { fieldErrors, formError } from '../../../src/panel/api/field-errors';
import { ProblemError, unreachable } from '../../../src/panel/api/problem';

const fields = ['email', 'role'] as const;
const refusal = (code: 'invalidRequest' | 'emailInUse' | 'forbidden', issues?: { path: string; message: string }[]) =>
  new ProblemError({ code, status: 400, title: 'Title', detail: 'The detail.', remedy: null, issues });

it('puts an issue beside its field, as a sentence', () => {
  const error = refusal('invalidRequest', [{ path: 'email', message: 'must be an e-mail address' }]);
  expect(fieldErrors(error, fields)).toEqual({ email: 'Must be an e-mail address.' });
  expect(formError(error, fields)).toBeNull();
});

it('puts a refusal beside the field that its code is about', () => {
  const error = refusal('emailInUse');
  expect(fieldErrors(error, fields, { emailInUse: 'email' })).toEqual({ email: 'The detail.' });
  expect(formError(error, fields, { emailInUse: 'email' })).toBeNull();
});

it('leaves what is about no field of the form to the form', () => {
  const elsewhere = refusal('invalidRequest', [{ path: 'seats', message: 'is missing' }]);
  for (const error of [elsewhere, refusal('forbidden'), unreachable(), new Error('a fault')]) {
    expect(fieldErrors(error, fields, { emailInUse: 'email' })).toEqual({});
    expect(formError(error, fields, { emailInUse: 'email' })).toBe(error);
  }
});

it('shows above the form, too, what is partly about no field of it', () => {
  const error = refusal('invalidRequest', [
    { path: 'email', message: 'is missing' },
    { path: 'seats', message: 'is missing' },
  ]);
  expect(fieldErrors(error, fields)).toEqual({ email: 'Is missing.' });
  expect(formError(error, fields)).toBe(error);
});

it('says nothing where nothing was refused', () => {
  expect([fieldErrors(null, fields), formError(null, fields)]).toEqual([{}, null]);
});
